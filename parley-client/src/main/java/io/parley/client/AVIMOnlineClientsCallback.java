package io.parley.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told the outcome of a question who is online, on the callback executor. */
@FunctionalInterface
public interface AVIMOnlineClientsCallback {
    /**
     * It is done, or has failed.
     *
     * @param onlineClients those of the asked who are; null when it failed
     * @param e why it failed; null when it did not
     */
    void done(@Nullable List<String> onlineClients, @Nullable AVIMException e);
}
