package io.parley.load.measure;

import io.parley.load.client.RefusedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What must not happen, counted. Thread-safe.
public final class Verdict {
    private final LongAdder lost = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final LongAdder reordered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder dropped = new LongAdder(); // connections that ended before the run did

    private final Set<String> reasons = ConcurrentHashMap.newKeySet();

    public boolean isGood() {
        return lost.sum() + doubled.sum() + reordered.sum() + refused.sum() + dropped.sum() == 0;
    }

    /// The server refused to take a message.
    public void refused(RefusedException refusal) {
        refused.increment();
        reasons.add(String.valueOf(refusal.getMessage()));
    }

    /// A connection ended before its time.
    public void dropped(String cause) {
        dropped.increment();
        reasons.add(cause);
    }

    /// Why commands were refused and connections ended, each reason once.
    public Set<String> reasons() {
        return reasons;
    }

    public long lost() {
        return lost.sum();
    }

    public long doubled() {
        return doubled.sum();
    }

    public long reordered() {
        return reordered.sum();
    }

    public long refused() {
        return refused.sum();
    }

    public long dropped() {
        return dropped.sum();
    }

    /// Messages of a conversation came with times that do not rise.
    public void addReordered(int count) {
        reordered.add(count);
    }

    /// Adds what a receiver saw of a sender that sent `sent` messages.
    public void add(SequenceCheck check, int sent) {
        lost.add(check.lost(sent));
        doubled.add(check.doubled());
        reordered.add(check.reordered());
    }
}
