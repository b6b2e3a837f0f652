package io.parley.load.workload;

import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.measure.SequenceCheck;
import io.parley.load.wire.DirectView;
import io.parley.load.wire.Stamp;
import java.util.concurrent.CompletableFuture;

/// One receiver in a conversation with several senders: checks that each sender's messages come exactly once and
/// in order, and that the conversation's times only rise. Belongs to its client's loop, except for [#judge].
final class Audience implements Listener {
    /// Told of every message that comes for the first time.
    interface Applause {
        void delivered(int sender, int sequence);
    }

    private final Meter meter;
    private final SequenceCheck[] checks;
    private final Applause applause;
    private long newest;
    private int backwards;

    /// @param senders how many there are, this receiver perhaps among them
    Audience(Meter meter, int senders, Applause applause) {
        this.meter = meter;
        this.checks = new SequenceCheck[senders];
        this.applause = applause;
        for (int sender = 0; sender < senders; sender++) {
            checks[sender] = new SequenceCheck();
        }
    }

    @Override
    public void delivered(LightClient client, DirectView message) {
        if (!Stamp.isOn(message)) {
            return;
        }
        int sender = Stamp.sender(message);
        int sequence = Stamp.sequence(message);
        if (!checks[sender].arrived(sequence)) {
            return;
        }
        if (message.timestamp() <= newest) {
            backwards++;
        }
        newest = message.timestamp();
        meter.delivered(client.loop(), Stamp.nanos(message));
        applause.delivered(sender, sequence);
    }

    /// Adds what was heard of each sender. Waits for the loop.
    ///
    /// @param sent per sender; 0 for the receiver itself
    void judge(LightClient client, int[] sent) {
        CompletableFuture.runAsync(
                        () -> {
                            for (int sender = 0; sender < checks.length; sender++) {
                                meter.verdict.add(checks[sender], sent[sender]);
                            }
                            meter.verdict.addReordered(backwards);
                        },
                        client.loop()::execute)
                .join();
    }
}
