package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of an upload, on the callback executor. */
@FunctionalInterface
public interface SaveCallback {
    /**
     * It is done, or has failed.
     *
     * @param e why it failed; null when it did not
     */
    void done(@Nullable AVIMException e);
}
