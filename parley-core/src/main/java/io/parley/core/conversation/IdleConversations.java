package io.parley.core.conversation;

import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.command.ConversationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes conversations that nobody has used for long, in apps that want it. Thread-safe; blocks. Source: semantics
/// 4.2.
public final class IdleConversations {
    private static final Logger log = LoggerFactory.getLogger(IdleConversations.class);
    private static final int AT_ONCE = 100;
    private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
    private static final Duration LEAST_OFTEN = Duration.ofHours(1);

    private final Apps apps;
    private final ConversationStore store;
    private final Clock clock;
    private final ReentrantLock working = new ReentrantLock();
    private final Map<AppId, Instant> lastLook = new HashMap<>(); // guarded by `working`

    public IdleConversations(Apps apps, ConversationStore store, Clock clock) {
        this.apps = apps;
        this.store = store;
        this.clock = clock;
    }

    /// To be called often: it looks at an app only when some time has passed, and not while it is at work already.
    public void deleteWhenDue() {
        if (!working.tryLock()) return;
        try {
            deleteAllDue();
        } catch (RuntimeException e) {
            log.warn("idle conversations stay, trying again later", e);
        } finally {
            working.unlock();
        }
    }

    private void deleteAllDue() {
        Instant now = clock.instant();
        for (App app : apps.all()) {
            Duration idle = app.settings().retention().idleConversations();
            if (!idle.isPositive()) continue;
            Instant last = lastLook.get(app.id());
            if (last != null && now.isBefore(last.plus(interval(idle)))) continue;
            lastLook.put(app.id(), now);
            delete(app.id(), now.minus(idle));
        }
    }

    private static Duration interval(Duration idle) {
        Duration part = idle.dividedBy(24);
        if (part.compareTo(MOST_OFTEN) < 0) return MOST_OFTEN;
        return part.compareTo(LEAST_OFTEN) > 0 ? LEAST_OFTEN : part;
    }

    private void delete(AppId app, Instant before) {
        int deleted = 0;
        List<ConversationKey> found;
        int gone;
        do {
            found = store.idle(app, before, AT_ONCE);
            gone = 0;
            for (ConversationKey key : found) if (store.deleteIdle(key, before)) gone++;
            deleted += gone;
        } while (gone > 0 && found.size() == AT_ONCE);
        if (deleted > 0) log.info("idle conversations deleted app={} conversations={}", app, deleted);
    }
}
