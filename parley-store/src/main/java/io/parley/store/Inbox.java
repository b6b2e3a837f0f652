package io.parley.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Steps on their way from many threads to one. Adding is one compare-and-set, and the consumer takes all at once.
final class Inbox {
    /// In the place of the newest step when nothing more is accepted.
    private static final Step<?> CLOSED = Step.of("", db -> 0);

    /// The newest step; the older ones hang on it.
    private final AtomicReference<@Nullable Step<?>> newest = new AtomicReference<>();

    /// @return false when the inbox is closed
    boolean add(Step<?> step, Thread consumer) {
        while (true) {
            Step<?> before = newest.get();
            if (before == CLOSED) return false;
            step.next = before;
            if (newest.compareAndSet(before, step)) {
                // Who makes it non-empty wakes the consumer. It cannot be missed: a permit outlives a park to come.
                if (before == null) LockSupport.unpark(consumer);
                return true;
            }
        }
    }

    /// Takes everything, oldest first, chained by [Step#next]; null when there is nothing.
    @Nullable
    Step<?> takeAll() {
        return oldestFirst(newest.getAndSet(null));
    }

    /// Takes what is left and accepts nothing more.
    @Nullable
    Step<?> close() {
        return oldestFirst(newest.getAndSet(CLOSED));
    }

    private static @Nullable Step<?> oldestFirst(@Nullable Step<?> chain) {
        Step<?> reversed = null;
        while (chain != null) {
            Step<?> older = chain.next;
            chain.next = reversed;
            reversed = chain;
            chain = older;
        }
        return reversed;
    }
}
