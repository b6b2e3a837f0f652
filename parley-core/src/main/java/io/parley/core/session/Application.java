package io.parley.core.session;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import java.util.Optional;

/// The application's own server, proven by the master key.
///
/// @param actor the client in whose name it acts
public record Application(App app, Optional<ClientId> actor) implements Caller {
    public Application(App app) {
        this(app, Optional.empty());
    }

    /// The same, speaking in the name of a client, which need not exist.
    public Application as(ClientId client) {
        return new Application(app, Optional.of(client));
    }
}
