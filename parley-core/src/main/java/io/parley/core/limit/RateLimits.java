package io.parley.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Command;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.ReceiptCommand;
import io.parley.core.command.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts each client's commands per kind and minute, for apps that limit them. Free of charge for apps that do not.
/// Thread-safe. Source: semantics 16.
public final class RateLimits {
    private static final int MAX_COUNTERS = 1_000_000;

    private final Cache<Counted, AtomicInteger> counters;

    private record Counted(ClientKey client, Class<?> kind) {}

    public RateLimits(Clock clock) {
        counters = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .maximumSize(MAX_COUNTERS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /// A refusal when the client has sent too many of the command's kind within a minute.
    public Optional<Refusal> check(App app, ClientId client, Command command) {
        int limit = limit(app.settings(), command);
        if (limit == 0) return Optional.empty();
        int count = counters.get(
                        new Counted(new ClientKey(app.id(), client), command.getClass()), key -> new AtomicInteger())
                .incrementAndGet();
        return count <= limit
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        ErrorCode.MESSAGE_SENT_QUOTA_EXCEEDED,
                        "command sent too fast: a client may send %d of this kind per minute",
                        limit));
    }

    private static int limit(AppSettings settings, Command command) {
        return switch (command) {
            case MessageCommand.Send send -> settings.sendsPerMinute();
            case MessageCommand.History history -> settings.historyQueriesPerMinute();
            case ReceiptCommand receipt -> 0; // the SDKs send these by themselves
            default -> settings.otherCommandsPerMinute();
        };
    }
}
