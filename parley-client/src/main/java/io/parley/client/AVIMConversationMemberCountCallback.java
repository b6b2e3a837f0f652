package io.parley.client;

import org.jspecify.annotations.Nullable;

/** Is told the outcome of a count of members, on the callback executor. */
@FunctionalInterface
public interface AVIMConversationMemberCountCallback {
    /**
     * It is done, or has failed.
     *
     * @param memberCount null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable Integer memberCount, @Nullable AVIMException e);
}
