package io.parley.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told the outcome of a question for a list of clients, on the callback executor. */
@FunctionalInterface
public interface AVIMConversationSimpleResultCallback {
    /**
     * It is done, or has failed.
     *
     * @param clientIds null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable List<String> clientIds, @Nullable AVIMException e);
}
