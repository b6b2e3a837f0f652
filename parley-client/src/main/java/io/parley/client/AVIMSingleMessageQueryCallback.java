package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of a search for one message, on the callback executor. */
@FunctionalInterface
public interface AVIMSingleMessageQueryCallback {
    /**
     * It is done, or has failed.
     *
     * @param message null when there is none, or when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable AVIMMessage message, @Nullable AVIMException e);
}
