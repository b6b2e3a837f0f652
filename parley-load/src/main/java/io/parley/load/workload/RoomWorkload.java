package io.parley.load.workload;

import io.parley.load.client.Commands;
import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.RefusedException;
import io.parley.load.measure.Report;
import io.parley.load.measure.Verdict;
import io.parley.load.wire.AckView;
import io.parley.load.wire.SendFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A chat room in which one client talks at a fixed rate and thousands listen, of whom some may have stopped
/// reading.
@Command(
        name = "room",
        mixinStandardHelpOptions = true,
        description = "A chat room: one client sends at a fixed rate, thousands receive.")
public final class RoomWorkload extends Workload {
    @Option(names = "--receivers", defaultValue = "5000", description = "How many listen. Default: ${DEFAULT-VALUE}.")
    int receivers = 5000;

    @Option(names = "--rate", defaultValue = "20", description = "Messages per second. Default: ${DEFAULT-VALUE}.")
    double rate = 20;

    @Option(
            names = "--stopped-percent",
            defaultValue = "0",
            description = "Receivers that stop reading their sockets; what they miss does not count, and the server may"
                    + " drop them. Default: ${DEFAULT-VALUE}.")
    int stoppedPercent;

    @Override
    int sockets() {
        return receivers + 1;
    }

    @Override
    void run(Stage stage, Report report, Verdict verdict) throws InterruptedException {
        Crowd crowd = Crowd.gather(stage, receivers + 1, stage.loops()::of, 0, verdict);
        LightClient sender = crowd.client(receivers);
        String room = stage.ask(sender, "start a chat room", Commands.startRoom("room", stage.clientId(receivers)))
                .getConvMessage()
                .getCid();
        stage.all(
                receivers,
                "join the chat room",
                number -> crowd.client(number).request(Commands.add(room, List.of(stage.clientId(number)))));
        Meter meter = new Meter(stage.loops().count(), verdict);
        int stopped = receivers * stoppedPercent / 100;
        Speaker speaker = new Speaker(meter, sender, new SendFrame(0, room, options.size, false, false));
        speaker.audience = receivers - stopped;
        crowd.listen(receivers, speaker);
        List<Audience> audiences = new ArrayList<>();
        for (int number = 0; number < receivers; number++) {
            if (number < stopped) {
                crowd.over(number);
                crowd.client(number).reading(false);
                continue;
            }
            Audience audience = new Audience(meter, 1, (from, sequence) -> speaker.heard.incrementAndGet());
            audiences.add(audience);
            crowd.listen(number, audience);
        }
        report.put("receivers", receivers, "");
        report.put("of them not reading", stopped, "");
        report.put("offered", rate, "messages per second");
        report.put("message size", options.size, "bytes");
        Measurement measurement = new Measurement(stage, meter);
        measurement.run(speaker);
        measurement.messagesInto(report);
        crowd.over();
        int[] sent = {speaker.accepted()};
        for (int number = 0; number < audiences.size(); number++) {
            audiences.get(number).judge(crowd.client(stopped + number), sent);
        }
    }

    /// The one who sends. What the listener is told belongs to the client's loop.
    private final class Speaker implements Listener, Traffic {
        private static final int REMEMBERED = 1024;

        private final Meter meter;
        private final LightClient client;
        private final SendFrame frame;
        private final Pace pace = new Pace(rate, this::sendLater);
        private final AtomicInteger heard = new AtomicInteger();
        private final long[] sentAt = new long[REMEMBERED];
        private volatile boolean flowing = true;
        private volatile int audience;
        private int refused;

        Speaker(Meter meter, LightClient client, SendFrame frame) {
            this.meter = meter;
            this.client = client;
            this.frame = frame;
        }

        private void sendLater(long due) {
            client.loop().execute(() -> {
                if (flowing) {
                    client.send(frame, due);
                    sentAt[frame.sequence() % REMEMBERED] = due;
                }
            });
        }

        @Override
        public void acked(LightClient self, int sequence, AckView ack) {
            meter.acked(self.loop(), sentAt[sequence % REMEMBERED]);
        }

        @Override
        public void refused(LightClient self, int sequence, RefusedException refusal) {
            refused++;
            meter.verdict.refused(refusal);
        }

        @Override
        public void start() {
            pace.start();
        }

        @Override
        public void stop() {
            pace.stop();
            flowing = false;
        }

        @Override
        public boolean isSettled() {
            return heard.get() >= (long) accepted() * audience;
        }

        /// Messages the server took, or may have taken. Waits for the loop.
        int accepted() {
            return CompletableFuture.supplyAsync(() -> frame.sequence() - refused, client.loop()::execute)
                    .join();
        }
    }
}
