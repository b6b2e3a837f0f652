package io.parley.core.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;

/// Reaches the application's code. Thread-safe.
public interface HookCaller {
    /// Whether the application has this hook, as far as it is known; when it is not known yet, it may have it. Does not
    /// block.
    boolean has(App app, Hook hook);

    /// Calls a hook and waits for its result, at most as long as the settings say. A [HookFailure] when there is none.
    ///
    /// @return the value of `result`; missing when the application turned out not to have this hook
    JsonNode call(App app, Hook hook, ObjectNode parameters);

    /// Of a server whose applications have no hooks.
    HookCaller NONE = new HookCaller() {
        @Override
        public boolean has(App app, Hook hook) {
            return false;
        }

        @Override
        public JsonNode call(App app, Hook hook, ObjectNode parameters) {
            return MissingNode.getInstance();
        }
    };
}
