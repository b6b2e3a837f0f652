package io.parley.conformance.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps what an SDK tells in order of arrival until a test asks for it. Thread-safe.
///
/// SDKs differ in what else they tell meanwhile, so a test takes the next event *of a kind*. That something does not
/// come is proven with a fence: a later event of the same kind, and a look at what came before it.
final class Recorder {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String who;
    private final List<SdkEvent> waiting = new ArrayList<>();
    private final List<SdkEvent> all = new ArrayList<>();

    Recorder(String who) {
        this.who = who;
    }

    synchronized void record(SdkEvent event) {
        waiting.add(event);
        all.add(event);
        notifyAll();
    }

    /// Takes the first event that nobody took yet and that is as wanted; waits for it if need be.
    synchronized SdkEvent next(String wanted, Predicate<SdkEvent> filter) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<SdkEvent> found = find(filter);
        while (found.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new AssertionError(who + " was not told: " + wanted + ". It was told " + all);
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + who, e);
            }
            found = find(filter);
        }
        waiting.remove(found.get());
        return found.get();
    }

    private Optional<SdkEvent> find(Predicate<SdkEvent> filter) {
        return waiting.stream().filter(filter).findFirst();
    }

    synchronized List<SdkEvent> all() {
        return List.copyOf(all);
    }
}
