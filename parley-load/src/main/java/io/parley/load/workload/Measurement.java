package io.parley.load.workload;

import io.parley.load.measure.Report;
import io.parley.load.measure.Usage;
import java.time.Duration;

/// Runs traffic: warm-up, measured window, stop, wait for what is under way. Blocks its thread.
final class Measurement {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration LATE_DOUBLES = Duration.ofMillis(300);

    private final Stage stage;
    private final Meter meter;
    private Usage before;
    private Usage after;

    Measurement(Stage stage, Meter meter) {
        this.stage = stage;
        this.meter = meter;
        this.before = Usage.now(stage.server());
        this.after = before;
    }

    void run(Traffic traffic) throws InterruptedException {
        traffic.start();
        pass(stage.options().warmUp());
        before = Usage.now(stage.server());
        meter.window.begin();
        pass(stage.options().measured());
        meter.window.end();
        after = Usage.now(stage.server());
        traffic.stop();
        settle(traffic);
    }

    /// Puts rates, delays and costs of messages and their deliveries.
    void messagesInto(Report report) {
        report.put("messages", meter.acked() / meter.window.seconds(), "per second");
        report.put("deliveries", meter.delivered() / meter.window.seconds(), "per second");
        report.put("send to ack", meter.toAck());
        report.put("send to delivery", meter.toDelivery());
        costInto(report, "delivery");
    }

    /// Puts what both ends spent per `unit`, of which one counts as one delivery of the meter.
    void costInto(Report report, String unit) {
        report.put(before, after, meter.window.seconds(), unit, meter.delivered());
    }

    /// Lets time go by, but no more when nothing has moved for long: then the load is stuck, and the verdict says
    /// why.
    private void pass(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        long seen = -1;
        long giveUp = 0;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            Thread.sleep(Math.min(STEP.toMillis(), (end - now) / 1_000_000 + 1));
            if (meter.progress() != seen) {
                seen = meter.progress();
                giveUp = now + stage.options().patience().toNanos();
            } else if (now > giveUp) {
                return;
            }
        }
    }

    private void settle(Traffic traffic) throws InterruptedException {
        long seen = -1;
        long giveUp = 0;
        for (long now = System.nanoTime(); !traffic.isSettled(); now = System.nanoTime()) {
            Thread.sleep(STEP);
            if (meter.progress() != seen) {
                seen = meter.progress();
                giveUp = now + stage.options().patience().toNanos();
            } else if (now > giveUp) {
                return;
            }
        }
        Thread.sleep(LATE_DOUBLES);
    }
}
