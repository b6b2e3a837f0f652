package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of a recall, on the callback executor. */
@FunctionalInterface
public interface AVIMMessageRecalledCallback {
    /**
     * It is done, or has failed.
     *
     * @param message what is left of the message; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable AVIMRecalledMessage message, @Nullable AVIMException e);
}
