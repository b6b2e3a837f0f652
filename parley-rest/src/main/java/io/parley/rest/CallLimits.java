package io.parley.rest;

import io.parley.core.app.App;
import io.parley.core.app.RestSettings;
import io.parley.core.command.AppId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts an app's calls that send messages, per minute and day, for apps that limit them. Thread-safe. Source: rest
/// 18.
final class CallLimits {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Clock clock;
    private final Map<Counted, Window> windows = new ConcurrentHashMap<>();

    /// What is counted together.
    enum Group {
        MESSAGES,
        TO_SUBSCRIBERS,
        BROADCASTS
    }

    private record Counted(AppId app, Group group, long length) {}

    CallLimits(Clock clock) {
        this.clock = clock;
    }

    /// A refusal with 429 for the rest of the minute, or of the day.
    void count(App app, Group group) {
        RestSettings limits = app.settings().rest();
        switch (group) {
            case MESSAGES -> count(app, group, MINUTE, limits.messagesPerMinute());
            case TO_SUBSCRIBERS -> {
                count(app, group, DAY, limits.subscriberMessagesPerDay());
                count(app, group, MINUTE, limits.subscriberMessagesPerMinute());
            }
            case BROADCASTS -> {
                count(app, group, DAY, limits.broadcastsPerDay());
                count(app, group, MINUTE, limits.broadcastsPerMinute());
            }
        }
    }

    private void count(App app, Group group, long length, int limit) {
        if (limit == 0) return;
        long now = clock.millis();
        boolean room = windows.computeIfAbsent(new Counted(app.id(), group, length), key -> new Window())
                .take(now / length, limit);
        if (!room) throw HttpRefusal.tooMany(Duration.ofMillis(length - now % length));
    }

    private static final class Window {
        private long number; // guarded by this
        private int taken; // guarded by this

        synchronized boolean take(long current, int limit) {
            if (number != current) {
                number = current;
                taken = 0;
            }
            if (taken >= limit) return false;
            taken++;
            return true;
        }
    }
}
