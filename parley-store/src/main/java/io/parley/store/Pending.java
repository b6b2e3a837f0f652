package io.parley.store;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Work that one thread asks for and another one does. The asking thread, usually a virtual one, makes the object,
/// hands it over and parks in [#await] until the other has called [#done].
abstract class Pending<T> {
    private final @Nullable Thread waiter;
    private @Nullable T result; // plain: written before, and read after, the volatile `done`
    private @Nullable Throwable failure;
    private volatile boolean done;

    Pending() {
        this(Thread.currentThread());
    }

    /// @param waiter the only thread that may call [#await], or null when nobody waits
    Pending(@Nullable Thread waiter) {
        this.waiter = waiter;
    }

    /// What is being done, for error messages: "reading the history of a/b". Holds no content.
    abstract String doing();

    /// The outcome so far. The worker may still change it before [#done].
    final void succeeded(T result) {
        this.result = result;
        this.failure = null;
    }

    final void failed(Throwable failure) {
        this.failure = failure;
    }

    final boolean hasFailed() {
        return failure != null;
    }

    final @Nullable T result() {
        return result;
    }

    /// Publishes the outcome and wakes the waiting thread.
    final void done() {
        done = true;
        LockSupport.unpark(waiter);
    }

    /// Waits for the outcome, whatever interrupts: what was handed over will be done, and a caller that left early
    /// could not know whether.
    final T await() {
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            if (Thread.interrupted()) interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
        return outcome();
    }

    private T outcome() {
        Throwable failed = failure;
        if (failed instanceof RuntimeException exception) throw exception;
        if (failed instanceof Error error) throw error;
        T value = result;
        if (failed != null || value == null) throw new StorageFailedException(doing() + " failed", failed);
        return value;
    }
}
