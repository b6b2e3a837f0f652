package io.parley.load.measure;

/// The measured part of a run, by [System#nanoTime]. Before it begins and after it ends nothing counts.
/// Thread-safe.
public final class Window {
    private volatile long begin = Long.MAX_VALUE;
    private volatile long end = Long.MAX_VALUE;

    public void begin() {
        begin = System.nanoTime();
    }

    public void end() {
        end = System.nanoTime();
    }

    /// Whether a moment lies in the window.
    public boolean covers(long nanos) {
        return begin != Long.MAX_VALUE && nanos - begin >= 0 && (end == Long.MAX_VALUE || nanos - end < 0);
    }

    public double seconds() {
        return (end - begin) / 1e9;
    }
}
