package io.parley.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told the outcome of a search in the history, on the callback executor. */
@FunctionalInterface
public interface AVIMMessagesQueryCallback {
    /**
     * It is done, or has failed.
     *
     * @param messages oldest first; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable List<AVIMMessage> messages, @Nullable AVIMException e);
}
