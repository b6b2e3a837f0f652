package io.parley.core.session;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import java.util.Optional;

/// Somebody who knows the app key, as every client does, and may do little with it.
///
/// @param actor the client whose session token came along
public record AppKey(App app, Optional<ClientId> actor) implements Caller {
    public AppKey(App app) {
        this(app, Optional.empty());
    }
}
