package io.parley.gateway;

import java.time.Duration;

/// Counts the connections whose sockets are open or whose work is not finished. Thread-safe.
final class Population {
    private int size; // guarded by this

    synchronized void join() {
        size++;
    }

    synchronized void leave() {
        size--;
        if (size == 0) notifyAll();
    }

    synchronized int size() {
        return size;
    }

    /// Returns how many are left when all are gone or `patience` is over. Blocks.
    synchronized int awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (size > 0) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) break;
            wait(millis);
        }
        return size;
    }
}
