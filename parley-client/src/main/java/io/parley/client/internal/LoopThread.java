package io.parley.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the state of a connection and of its clients. Tasks run one after the other and must not
 * block. Thread-safe.
 *
 * <p>It is also the clock of the connection: whoever waits, waits by {@link #now} and {@link #schedule}.
 */
public class LoopThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

    private final ScheduledThreadPoolExecutor executor;

    /** @param name of the thread */
    public LoopThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public final void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("a task came after the end");
        }
    }

    /** Nanoseconds since some moment: only differences mean something. */
    public long now() {
        return System.nanoTime();
    }

    /** Runs the task later, unless the timer is cancelled. */
    public Timer schedule(Runnable task, long millis) {
        try {
            ScheduledFuture<?> future = executor.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
    }

    /** A task that was scheduled. */
    public interface Timer {
        void cancel();
    }

    /** Ends the thread when it has done what was already given to it. */
    public final void shutdown() {
        executor.shutdown();
    }

    /** A scheduled executor would swallow what a task throws. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task of the connection failed", e);
            }
        };
    }
}
