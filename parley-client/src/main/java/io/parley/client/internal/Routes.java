package io.parley.client.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Knows where the sockets of the server are. Thread-safe. */
public interface Routes {
    /**
     * Addresses to try, in that order; at least one.
     *
     * @param fresh not from memory, because the known ones did not work or the server sent us away
     */
    CompletableFuture<List<String>> find(boolean fresh);
}
