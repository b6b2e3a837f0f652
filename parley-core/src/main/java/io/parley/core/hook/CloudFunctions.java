package io.parley.core.hook;

import io.parley.core.app.App;
import java.util.Map;

/// The application's functions that its clients call. Thread-safe; blocks.
@FunctionalInterface
public interface CloudFunctions {
    enum Style {
        /// Takes and gives plain JSON.
        PLAIN,
        /// Takes and gives objects in the storage's own form.
        RPC
    }

    /// What the application's engine answered, whatever it is.
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, String contentType, byte[] body) {}

    /// Calls a function of the app's engine, which must have one; a [HookFailure] when there is no answer.
    ///
    /// @param headers for the engine, which knows the caller by them
    Answer call(App app, Style style, String function, Map<String, String> headers, byte[] body);
}
