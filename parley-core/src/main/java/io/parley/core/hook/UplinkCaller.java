package io.parley.core.hook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.parley.core.app.App;

/// Hands messages of clients to service conversations over to the application's own server. Thread-safe.
@FunctionalInterface
public interface UplinkCaller {
    /// Returns when the server has taken them; a [HookFailure] when it did not, or nobody knows. Blocks.
    void post(App app, ArrayNode messages);

    UplinkCaller NONE = (app, messages) -> {
        throw new HookFailure("this server calls nobody");
    };
}
