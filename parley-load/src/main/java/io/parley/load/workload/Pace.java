package io.parley.load.workload;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Does something at a fixed rate on a thread of its own, whatever becomes of it: an open loop. Thread-safe.
final class Pace {
    private final double perSecond;
    private final LongConsumer step;
    private volatile boolean going = true;

    /// @param step gets the moment, by [System#nanoTime], at which it was due: never in the future
    Pace(double perSecond, LongConsumer step) {
        this.perSecond = perSecond;
        this.step = step;
    }

    void start() {
        Thread.ofPlatform().name("pace").daemon().start(this::run);
    }

    void stop() {
        going = false;
    }

    private void run() {
        long begin = System.nanoTime();
        for (long number = 0; going; number++) {
            long due = begin + (long) (number * 1e9 / perSecond);
            long wait;
            while ((wait = due - System.nanoTime()) > 0) {
                LockSupport.parkNanos(wait);
            }
            step.accept(due);
        }
    }
}
