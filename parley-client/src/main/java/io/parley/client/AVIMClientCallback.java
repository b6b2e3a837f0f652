package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of a login or a logout, on the callback executor. */
@FunctionalInterface
public interface AVIMClientCallback {
    /**
     * It is done, or has failed.
     *
     * @param client the client
     * @param e why it failed; null when it did not
     */
    void done(AVIMClient client, @Nullable AVIMException e);
}
