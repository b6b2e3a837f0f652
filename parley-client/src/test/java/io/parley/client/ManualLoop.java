package io.parley.client;

import io.parley.client.internal.LoopThread;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The connection's thread with a clock that stands still until a test moves it on. Thread-safe.
final class ManualLoop extends LoopThread {
    private record Due(long at, long order, Runnable task) {}

    // guarded by this
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long orders;

    ManualLoop() {
        super("parley-connection-by-hand");
    }

    @Override
    public synchronized long now() {
        return now;
    }

    @Override
    public synchronized Timer schedule(Runnable task, long millis) {
        Due due = new Due(now + Duration.ofMillis(millis).toNanos(), orders++, task);
        waiting.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        waiting.remove(due);
    }

    /// Lets that much time pass, after what the thread is doing already; returns when everything that fell due is done.
    void passes(Duration time) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            try {
                long until = now() + time.toNanos();
                for (Due due = next(until); due != null; due = next(until))
                    due.task().run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        Device.await(done);
    }

    private synchronized @Nullable Due next(long until) {
        Due due = waiting.peek();
        if (due == null || due.at() > until) {
            now = until;
            return null;
        }
        now = due.at();
        return waiting.remove();
    }
}
