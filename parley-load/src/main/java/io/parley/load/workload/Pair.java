package io.parley.load.workload;

import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.RefusedException;
import io.parley.load.measure.SequenceCheck;
import io.parley.load.wire.AckView;
import io.parley.load.wire.DirectView;
import io.parley.load.wire.SendFrame;
import io.parley.load.wire.Stamp;
import java.util.concurrent.CompletableFuture;

/// One client that sends and one that receives, in a conversation of their own, both on the same loop. Belongs to
/// that loop's thread, except for [#execute] and [#judge].
final class Pair {
    private static final int REMEMBERED = 1024;

    private final Meter meter;
    private final LightClient sender;
    private final SendFrame frame;
    private final int inFlight; // 0: messages are sent at given times
    private final SequenceCheck check = new SequenceCheck();
    private final long[] sentAt = new long[REMEMBERED];
    private int acked;
    private int refused;
    private int delivered;
    private boolean flowing = true;

    Pair(Meter meter, LightClient sender, SendFrame frame, int inFlight) {
        this.meter = meter;
        this.sender = sender;
        this.frame = frame;
        this.inFlight = inFlight;
    }

    void execute(Runnable task) {
        sender.loop().execute(task);
    }

    /// Sends until as many messages are under way as should be.
    void pump() {
        while (flowing && underWay() < inFlight) {
            send(System.nanoTime());
        }
    }

    /// @param due when the message should be sent: what it waited since then counts as delay
    void send(long due) {
        if (flowing) {
            sender.send(frame, due);
            sentAt[frame.sequence() % REMEMBERED] = due;
        }
    }

    void stop() {
        flowing = false;
    }

    /// Sent, and not both accepted and delivered.
    int underWay() {
        return frame.sequence() - refused - Math.min(acked, delivered);
    }

    /// Adds what became of the messages. Waits for the loop.
    void judge() {
        CompletableFuture.runAsync(() -> meter.verdict.add(check, frame.sequence() - refused), this::execute)
                .join();
    }

    Listener sending() {
        return new Listener() {
            @Override
            public void acked(LightClient client, int sequence, AckView ack) {
                acked++;
                if (frame.sequence() - sequence < REMEMBERED) {
                    meter.acked(client.loop(), sentAt[sequence % REMEMBERED]);
                }
                pump();
            }

            @Override
            public void refused(LightClient client, int sequence, RefusedException refusal) {
                refused++;
                meter.verdict.refused(refusal);
                pump();
            }
        };
    }

    Listener receiving() {
        return new Listener() {
            @Override
            public void delivered(LightClient client, DirectView message) {
                if (Stamp.isOn(message) && check.arrived(Stamp.sequence(message))) {
                    delivered++;
                    meter.delivered(client.loop(), Stamp.nanos(message));
                    pump();
                }
            }
        };
    }
}
