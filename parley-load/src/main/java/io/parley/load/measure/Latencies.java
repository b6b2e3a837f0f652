package io.parley.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A distribution of durations, kept per event loop so that recording needs no lock. [#record] belongs to the
/// thread of the given loop; [#total] is for after the run.
public final class Latencies {
    private static final long HIGHEST = TimeUnit.MINUTES.toNanos(2);

    private final List<Histogram> perLoop = new ArrayList<>();

    public Latencies(int loops) {
        for (int index = 0; index < loops; index++) {
            perLoop.add(new Histogram(HIGHEST, 3));
        }
    }

    public void record(int loop, long nanos) {
        perLoop.get(loop).recordValue(Math.clamp(nanos, 0, HIGHEST));
    }

    public Histogram total() {
        Histogram total = new Histogram(HIGHEST, 3);
        perLoop.forEach(total::add);
        return total;
    }
}
