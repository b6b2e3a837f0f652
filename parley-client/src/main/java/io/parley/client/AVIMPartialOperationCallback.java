package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of an operation on several members, on the callback executor. */
@FunctionalInterface
public interface AVIMPartialOperationCallback {
    /**
     * It is done, or has failed.
     *
     * @param result for whom it was done; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable AVIMPartialResult result, @Nullable AVIMException e);
}
