package io.parley.core.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.RecordKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Stops guessing of passwords: after too many failures a user cannot log in until nobody has tried for a while.
/// Kept in memory. Thread-safe. Source: rest 17, code 219.
final class LoginLock {
    static final int MAX_FAILURES = 6;
    static final Duration LOCKED = Duration.ofMinutes(15);
    private static final int MAX_USERS = 100_000;

    private final Cache<RecordKey, Integer> failures;

    LoginLock(Clock clock) {
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        failures = Caffeine.newBuilder()
                .expireAfterWrite(LOCKED)
                .maximumSize(MAX_USERS)
                .ticker(ticker)
                .build();
    }

    /// Refuses while the user is locked out.
    void check(RecordKey user) {
        Integer count = failures.getIfPresent(user);
        if (count != null && count > MAX_FAILURES)
            throw Refusal.of(
                    ErrorCode.LOGIN_LOCKED, "Too many failed logins; try again in %d minutes.", LOCKED.toMinutes());
    }

    void failed(RecordKey user) {
        failures.asMap().merge(user, 1, Integer::sum);
    }

    void succeeded(RecordKey user) {
        failures.invalidate(user);
    }
}
