package io.parley.load.measure;

import java.util.BitSet;

/// Watches the messages of one sender at one receiver: 1, 2, 3 … each exactly once and in order. Not thread-safe.
public final class SequenceCheck {
    private int next = 1;
    private BitSet missing = new BitSet(0);
    private int doubled;
    private int reordered;

    /// Returns true when the message came for the first time.
    public boolean arrived(int sequence) {
        if (sequence == next) {
            next++;
            return true;
        }
        if (sequence > next) {
            missing.set(next, sequence);
            next = sequence + 1;
            return true;
        }
        if (missing.get(sequence)) {
            missing.clear(sequence);
            reordered++;
            return true;
        }
        doubled++;
        return false;
    }

    /// How many of the first `sent` messages never came.
    public int lost(int sent) {
        return missing.cardinality() + Math.max(0, sent - (next - 1));
    }

    public int doubled() {
        return doubled;
    }

    /// Messages that came after a later one.
    public int reordered() {
        return reordered;
    }
}
