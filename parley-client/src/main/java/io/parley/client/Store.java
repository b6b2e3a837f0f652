package io.parley.client;

import io.parley.client.internal.Threads;
import io.parley.client.internal.cache.Cache;
import io.parley.client.internal.cache.HistoryCache;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cache on its thread. A cache that fails is as good as an empty one. Thread-safe. */
final class Store {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final long PATIENCE_SECONDS = 2;

    private final AVIMCache where;
    private final long maxAge;
    private final Executor thread = Threads.single("parley-cache");

    // on the cache's thread
    private @Nullable Cache cache;
    private @Nullable HistoryCache history;
    private boolean closed;

    private volatile @Nullable Thread worker;

    Store(AVIMCache where, Duration maxAge) {
        this.where = where;
        this.maxAge = maxAge.toMillis();
    }

    /** What is not newer than that, milliseconds since the epoch, is too old. Everything is, when nothing may age. */
    long since() {
        return maxAge == 0 ? Long.MAX_VALUE : System.currentTimeMillis() - maxAge;
    }

    /** Reads; the answer comes on the cache's thread, and is the last argument when the cache fails. */
    <T extends @Nullable Object> CompletableFuture<T> read(BiFunction<Cache, HistoryCache, T> work, T otherwise) {
        CompletableFuture<T> result = new CompletableFuture<>();
        perform(() -> {
            T value = otherwise;
            try {
                Cache open = open();
                HistoryCache pages = history;
                if (open != null && pages != null) value = work.apply(open, pages);
            } catch (RuntimeException e) {
                LOG.warn("the cache cannot be read", e);
            }
            result.complete(value);
        });
        return result;
    }

    void write(BiConsumer<Cache, HistoryCache> work) {
        perform(() -> {
            try {
                Cache open = open();
                HistoryCache pages = history;
                if (open != null && pages != null) work.accept(open, pages);
            } catch (RuntimeException e) {
                LOG.warn("the cache cannot be written", e);
            }
        });
    }

    private @Nullable Cache open() {
        if (cache == null && !closed) {
            Cache opened = where.open();
            cache = opened;
            history = new HistoryCache(opened);
        }
        return cache;
    }

    /** Returns when all that was to be kept is, unless the disk takes very long; on the cache's own thread, at once. */
    void close() {
        CountDownLatch done = new CountDownLatch(1);
        perform(() -> {
            closed = true;
            Cache open = cache;
            cache = null;
            history = null;
            try {
                if (open != null) open.close();
            } catch (RuntimeException e) {
                LOG.warn("the cache cannot be closed", e);
            } finally {
                done.countDown();
            }
        });
        if (Thread.currentThread() == worker) return;
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) LOG.warn("the cache is still being written");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Runnable task) {
        thread.execute(() -> {
            worker = Thread.currentThread();
            task.run();
        });
    }
}
