package io.parley.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds up whoever passes, until it is opened.
final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    void pass() {
        reached.countDown();
        await(opened);
    }

    void open() {
        opened.countDown();
    }

    void awaitSomebody() {
        await(reached);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
