package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.outbound.CallFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A token that a vendor gives for our credentials, until it ends. Thread-safe; blocks while a new one is fetched.
final class AccessToken {
    /// Fetched again so long before its end.
    private static final Duration EARLY = Duration.ofMinutes(5);

    /// Credentials that were not taken are not tried again for so long: vendors lock those out who guess.
    private static final Duration SULK = Duration.ofMinutes(1);

    private final Source source;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String token; // these three: under the lock
    private Instant end = Instant.MIN;
    private @Nullable DeniedException denied;

    interface Source {
        Issued issue() throws CallFailedException, DeniedException;
    }

    /// @param life how long it is valid
    record Issued(String token, Duration life) {
        /// From an OAuth answer. Source: RFC 6749 section 5.1.
        static Issued ofOAuth(JsonNode answer) throws DeniedException {
            String token = answer.path("access_token").asText("");
            if (token.isEmpty())
                throw new DeniedException(
                        "gave no token: " + answer.path("error").asText("no reason"));
            return new Issued(
                    token, Duration.ofSeconds(answer.path("expires_in").asLong(3600)));
        }
    }

    interface Attempt<R> {
        /// Empty when the token was not taken.
        Optional<R> with(String token) throws CallFailedException, DeniedException;
    }

    AccessToken(Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /// Makes a call with the token, and once more with a new one when it was not taken.
    <R> R use(Attempt<R> attempt) throws CallFailedException, DeniedException {
        String first = get(Optional.empty());
        Optional<R> result = attempt.with(first);
        if (result.isPresent()) return result.get();
        return attempt.with(get(Optional.of(first)))
                .orElseThrow(() -> new DeniedException("does not take the token that it gave"));
    }

    private String get(Optional<String> refused) throws CallFailedException, DeniedException {
        lock.lock();
        try {
            Instant now = clock.instant();
            DeniedException before = denied;
            if (before != null && now.isBefore(end)) throw before;
            String known = token;
            if (known != null && now.isBefore(end) && !known.equals(refused.orElse(""))) return known;
            Issued issued = source.issue();
            denied = null;
            token = issued.token;
            Duration early = issued.life.compareTo(EARLY.multipliedBy(2)) > 0 ? EARLY : issued.life.dividedBy(2);
            end = now.plus(issued.life).minus(early);
            return issued.token;
        } catch (DeniedException e) {
            if (denied == null) end = clock.instant().plus(SULK);
            denied = e;
            token = null;
            throw e;
        } finally {
            lock.unlock();
        }
    }
}
