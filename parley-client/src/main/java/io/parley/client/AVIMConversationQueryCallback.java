package io.parley.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told the outcome of a search for conversations, on the callback executor. */
@FunctionalInterface
public interface AVIMConversationQueryCallback {
    /**
     * It is done, or has failed.
     *
     * @param conversations what was found; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable List<AVIMConversation> conversations, @Nullable AVIMException e);
}
