package io.parley.core.delivery;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Event;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Session;
import io.parley.core.session.Sessions;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Hands events to the sessions of clients. Thread-safe; nothing blocks: an outlet only queues.
public final class Delivery {
    private final Sessions sessions;
    private final Arrivals arrivals;

    public Delivery(Sessions sessions, Arrivals arrivals) {
        this.sessions = sessions;
        this.arrivals = arrivals;
    }

    /// To all sessions of these clients, but for the one that caused it.
    public void deliver(AppId app, Collection<ClientId> clients, Event event, Optional<Session> except) {
        deliver(app, clients, event, session -> except.isEmpty() || session != except.get());
    }

    /// To the sessions of these clients that are wanted.
    public void deliver(AppId app, Collection<ClientId> clients, Event event, Predicate<Session> wanted) {
        deliver(new Outgoing(app, event), clients, wanted);
    }

    /// The same for clients that are looked up in portions: all of them share one encoding.
    public void deliver(Outgoing outgoing, Collection<ClientId> clients, Predicate<Session> wanted) {
        Arrivals.@Nullable Round round =
                arrivals.round(outgoing.app(), outgoing.event()).orElse(null);
        for (ClientId client : clients)
            for (Session session : sessions.of(outgoing.app(), client)) {
                if (!wanted.test(session)) continue;
                if (round != null) round.handed(session); // before it can be acknowledged
                session.deliver(outgoing);
            }
    }
}
