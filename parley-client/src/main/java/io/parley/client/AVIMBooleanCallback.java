package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of a question that is answered by yes or no, on the callback executor. */
@FunctionalInterface
public interface AVIMBooleanCallback {
    /**
     * It is done, or has failed.
     *
     * @param answer null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable Boolean answer, @Nullable AVIMException e);
}
