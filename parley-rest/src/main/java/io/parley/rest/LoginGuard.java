package io.parley.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Stops those who try the passwords of many users: after too many failed logins an address has to wait. The other
/// half, guessing at one user, is stopped by the user's own lock. Kept in memory. Thread-safe.
final class LoginGuard {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int MAX_ADDRESSES = 100_000;

    /// What a guess that was wrong ends with.
    private static final Set<ErrorCode> WRONG =
            EnumSet.of(ErrorCode.WRONG_PASSWORD, ErrorCode.USER_NOT_FOUND, ErrorCode.LOGIN_LOCKED);

    private final Clock clock;
    private final MeterRegistry meters;
    private final Cache<Address, Failures> failures;

    private record Address(AppId app, String client) {}

    /// @param since in milliseconds of the clock
    private record Failures(int count, long since) {}

    LoginGuard(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        failures = Caffeine.newBuilder()
                .expireAfterWrite(WINDOW)
                .maximumSize(MAX_ADDRESSES)
                .ticker(ticker)
                .build();
    }

    /// Runs a login, or refuses with 429 until the window ends in which the address has failed too often.
    <T> T guard(App app, Call call, Supplier<T> login) {
        int limit = app.settings().storage().failedLoginsPerAddress();
        var address = new Address(app.id(), call.reached().client());
        Failures before = failures.getIfPresent(address);
        if (limit > 0 && before != null && before.count >= limit && left(before) > 0) {
            count("limited");
            throw HttpRefusal.tooMany(Duration.ofMillis(left(before)));
        }
        try {
            T result = login.get();
            count("done");
            return result;
        } catch (Refusal refusal) {
            if (WRONG.contains(refusal.code())) {
                count(refusal.code() == ErrorCode.LOGIN_LOCKED ? "locked" : "failed");
                failures.asMap()
                        .compute(
                                address,
                                (key, known) -> known == null || left(known) <= 0
                                        ? new Failures(1, clock.millis())
                                        : new Failures(known.count + 1, known.since));
            }
            throw refusal;
        }
    }

    private long left(Failures known) {
        return known.since + WINDOW.toMillis() - clock.millis();
    }

    private void count(String result) {
        Counter.builder("parley.logins")
                .description("Logins of users with a password, by result")
                .tag("result", result)
                .register(meters)
                .increment();
    }
}
