package io.parley.core.notice;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Event.Notice;
import io.parley.core.command.Event.Timed;
import io.parley.core.delivery.Delivery;
import io.parley.core.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps notices for those who are away and tells those who are here. Thread-safe; may block.
public final class Notices {
    /// How long a notice is kept. Source: semantics 14.
    public static final Duration KEPT = Duration.ofDays(7);

    /// At most this many are handed out at once.
    public static final int PAGE = 1000;

    private final NoticeLog log;
    private final Delivery delivery;
    private final Clock clock;

    public Notices(NoticeLog log, Delivery delivery, Clock clock) {
        this.log = log;
        this.delivery = delivery;
        this.clock = clock;
    }

    /// Tells each recipient, on all its sessions but the one excepted, and keeps the notice.
    public void publish(AppId app, Collection<ClientId> recipients, Notice notice, Optional<Session> except) {
        if (recipients.isEmpty()) return;
        long time = log.append(app, recipients, notice);
        delivery.deliver(app, recipients, new Timed(notice, time), except);
    }

    /// Tells one client on those of its sessions that want it; keeps the notice only when the client is away.
    public void tell(AppId app, ClientId recipient, Notice notice, boolean online, Predicate<Session> wanted) {
        long time = online ? clock.millis() : log.append(app, List.of(recipient), notice);
        delivery.deliver(app, List.of(recipient), new Timed(notice, time), wanted);
    }

    /// What a client missed after a server time.
    public List<Timed> since(ClientKey client, long after) {
        return log.since(client, after, PAGE);
    }

    /// Forgets what is too old.
    public void trim() {
        log.trim(Instant.now(clock).minus(KEPT));
    }
}
