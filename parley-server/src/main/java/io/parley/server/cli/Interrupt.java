package io.parley.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns the signal that ends a program into a wish to stop, and gives the work a moment to write down where it is.
/// Thread-safe.
final class Interrupt implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForWork, "parley-interrupt");
    private volatile boolean wanted;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean wanted() {
        return wanted;
    }

    private void waitForWork() {
        wanted = true;
        try {
            if (!done.await(10, TimeUnit.SECONDS)) System.err.println("Stopped in the middle of a call.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs, and goes on now.
            wanted = true;
        }
    }
}
