package io.parley.rest;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import java.util.Optional;

/// Tells whose session token this is. Thread-safe.
@FunctionalInterface
public interface TokenCheck {
    /// The client a valid, unexpired session token was given to.
    Optional<ClientId> verify(App app, String token);
}
