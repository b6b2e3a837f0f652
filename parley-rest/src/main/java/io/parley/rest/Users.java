package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import java.util.Optional;

/// The built-in users, as far as logging in to the chat needs them. Thread-safe; may block.
@FunctionalInterface
public interface Users {
    /// Nobody has signed up.
    Users NONE = (app, sessionToken) -> Optional.empty();

    /// The row of the user who holds this session token, without its password; empty when nobody does.
    Optional<ObjectNode> bySessionToken(App app, String sessionToken);
}
