package io.parley.load.workload;

import io.parley.load.client.Loop;
import io.parley.load.measure.Latencies;
import io.parley.load.measure.Verdict;
import io.parley.load.measure.Window;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// Counts and times what happens to the messages of a run. Methods that take a loop are for that loop's thread;
/// all others are thread-safe.
final class Meter {
    final Window window = new Window();
    final Verdict verdict;
    private final Latencies toAck;
    private final Latencies toDelivery;
    private final LongAdder acked = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder progress = new LongAdder();

    Meter(int loops, Verdict verdict) {
        this.verdict = verdict;
        toAck = new Latencies(loops);
        toDelivery = new Latencies(loops);
    }

    /// A message sent at `sentAt` was accepted now.
    void acked(Loop loop, long sentAt) {
        long now = System.nanoTime();
        progress.increment();
        if (window.covers(now)) {
            acked.increment();
        }
        if (window.covers(sentAt)) {
            toAck.record(loop.index(), now - sentAt);
        }
    }

    /// A message sent at `sentAt` arrived at one receiver now.
    void delivered(Loop loop, long sentAt) {
        long now = System.nanoTime();
        progress.increment();
        if (window.covers(now)) {
            delivered.increment();
        }
        if (window.covers(sentAt)) {
            toDelivery.record(loop.index(), now - sentAt);
        }
    }

    long progress() {
        return progress.sum();
    }

    /// Accepted within the window.
    long acked() {
        return acked.sum();
    }

    /// Delivered within the window.
    long delivered() {
        return delivered.sum();
    }

    Histogram toAck() {
        return toAck.total();
    }

    Histogram toDelivery() {
        return toDelivery.total();
    }
}
