package io.parley.core.push;

import java.time.Duration;

/// What a provider says about one device. Reasons are for the operator: they hold no content and no secret.
public sealed interface PushResult {
    /// The provider has it. Whether the device shows it, nobody tells.
    record Accepted() implements PushResult {}

    /// The device is not reachable by this token any more.
    record InvalidToken(String reason) implements PushResult {}

    /// It will never be taken.
    record Rejected(String reason) implements PushResult {}

    /// Not now: too fast, a failure of the provider or of the way to it.
    ///
    /// @param retryAfter how long the provider wants to be left alone; zero when it does not say
    record Later(String reason, Duration retryAfter) implements PushResult {
        public Later(String reason) {
            this(reason, Duration.ZERO);
        }
    }

    /// The provider does not take our credentials, or they cannot be read: a matter for the operator.
    record Unauthorized(String reason) implements PushResult {}
}
