package io.parley.client.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in the order they came, on another executor, whatever threads that has. */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor executor;

    // guarded by this
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    public SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (busy) return;
            busy = true;
        }
        executor.execute(this::runNext);
    }

    private void runNext() {
        Runnable task = next();
        if (task == null) return;
        try {
            task.run();
        } catch (RuntimeException e) {
            // The application's own handler; the next one shall be called all the same.
            LOG.error("a callback has thrown", e);
        } finally {
            if (hasMore()) executor.execute(this::runNext);
        }
    }

    private synchronized @Nullable Runnable next() {
        return waiting.poll();
    }

    private synchronized boolean hasMore() {
        busy = !waiting.isEmpty();
        return busy;
    }
}
