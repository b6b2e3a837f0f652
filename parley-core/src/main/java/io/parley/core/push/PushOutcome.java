package io.parley.core.push;

import io.parley.core.command.ClientId;
import java.time.Instant;
import java.util.Optional;

/// What became of a push on one device.
///
/// @param device id of its installation
/// @param client whose device it is, when the push is about a message
/// @param reason why it was not accepted; empty otherwise
/// @param at when this was known
public record PushOutcome(
        String device, Platform platform, Optional<ClientId> client, Status status, String reason, Instant at) {
    public enum Status {
        /// The provider has it.
        ACCEPTED,
        /// The token is worth nothing; the installation was retired.
        INVALID_TOKEN,
        /// The provider refuses it, or there is none.
        REJECTED,
        /// It will be tried again.
        RETRYING,
        /// Tried in vain as often as it makes sense.
        GIVEN_UP,
        /// Too old to be of use.
        EXPIRED;

        public boolean isFinal() {
            return this != RETRYING;
        }
    }
}
