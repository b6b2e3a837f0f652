package io.parley.client.internal;

import java.util.concurrent.CompletableFuture;

/** What futures lack on Android 8. */
public final class Futures {
    private Futures() {}

    /** A future that has failed. */
    public static <T> CompletableFuture<T> failed(Throwable error) {
        CompletableFuture<T> future = new CompletableFuture<>();
        future.completeExceptionally(error);
        return future;
    }
}
