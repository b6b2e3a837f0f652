package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of the creation of a conversation, on the callback executor. */
@FunctionalInterface
public interface AVIMConversationCreatedCallback {
    /**
     * It is done, or has failed.
     *
     * @param conversation the conversation; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable AVIMConversation conversation, @Nullable AVIMException e);
}
