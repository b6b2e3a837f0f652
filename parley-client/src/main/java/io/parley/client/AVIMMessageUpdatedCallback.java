package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of an edit, on the callback executor. */
@FunctionalInterface
public interface AVIMMessageUpdatedCallback {
    /**
     * It is done, or has failed.
     *
     * @param message the new message; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable AVIMMessage message, @Nullable AVIMException e);
}
