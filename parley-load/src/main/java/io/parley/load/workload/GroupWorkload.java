package io.parley.load.workload;

import io.parley.load.client.Commands;
import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.RefusedException;
import io.parley.load.measure.Report;
import io.parley.load.measure.Verdict;
import io.parley.load.wire.AckView;
import io.parley.load.wire.DirectView;
import io.parley.load.wire.SendFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Conversations of many members, of whom some send and all receive.
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        description =
                "Conversations of many members. Some members have one message each under way: until it is accepted"
                        + " and delivered to everybody else.")
public final class GroupWorkload extends Workload {
    @Option(names = "--members", defaultValue = "500", description = "Of a conversation. Default: ${DEFAULT-VALUE}.")
    int members = 500;

    @Option(names = "--groups", defaultValue = "1", description = "How many conversations. Default: ${DEFAULT-VALUE}.")
    int groups = 1;

    @Option(
            names = "--in-flight",
            defaultValue = "4",
            description = "Messages under way per conversation, each from another member. Default: ${DEFAULT-VALUE}.")
    int inFlight = 4;

    @Override
    int sockets() {
        return groups * members;
    }

    @Override
    void run(Stage stage, Report report, Verdict verdict) throws InterruptedException {
        if (inFlight >= members) {
            throw new SetupException("--in-flight must be smaller than --members");
        }
        Crowd crowd = Crowd.gather(stage, groups * members, stage.loops()::of, 0, verdict);
        Meter meter = new Meter(stage.loops().count(), verdict);
        List<Group> all = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int first = group * members;
            List<String> names = IntStream.range(first, first + members)
                    .mapToObj(stage::clientId)
                    .toList();
            String conversation = stage.ask(crowd.client(first), "start a conversation", Commands.start("group", names))
                    .getConvMessage()
                    .getCid();
            all.add(new Group(crowd, meter, first, conversation));
        }
        report.put("groups", groups, "");
        report.put("members", members, "per group");
        report.put("in flight", inFlight, "per group");
        report.put("message size", options.size, "bytes");
        Measurement measurement = new Measurement(stage, meter);
        measurement.run(new Groups(all));
        measurement.messagesInto(report);
        crowd.over();
        all.forEach(Group::judge);
    }

    private record Groups(List<Group> groups) implements Traffic {
        @Override
        public void start() {
            groups.forEach(Group::start);
        }

        @Override
        public void stop() {
            groups.forEach(group -> group.flowing = false);
        }

        @Override
        public boolean isSettled() {
            return groups.stream().allMatch(group -> group.underWay.get() == 0);
        }
    }

    /// One conversation. Its senders are the first of its members.
    private final class Group {
        private final Crowd crowd;
        private final Meter meter;
        private final int first;
        private final List<Voice> voices = new ArrayList<>();
        private final List<Audience> audiences = new ArrayList<>();
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean flowing = true;

        Group(Crowd crowd, Meter meter, int first, String conversation) {
            this.crowd = crowd;
            this.meter = meter;
            this.first = first;
            for (int number = 0; number < inFlight; number++) {
                SendFrame frame = new SendFrame(number, conversation, options.size, false, false);
                voices.add(new Voice(this, crowd.client(first + number), frame));
            }
            for (int number = 0; number < members; number++) {
                Audience audience = new Audience(
                        meter,
                        inFlight,
                        (sender, sequence) -> voices.get(sender).arrived(sequence));
                audiences.add(audience);
                crowd.listen(first + number, number < inFlight ? both(voices.get(number), audience) : audience);
            }
        }

        void start() {
            voices.forEach(voice -> voice.client.loop().execute(voice::speak));
        }

        void judge() {
            for (int number = 0; number < members; number++) {
                int[] sent = new int[inFlight];
                for (int sender = 0; sender < inFlight; sender++) {
                    sent[sender] = sender == number ? 0 : voices.get(sender).accepted();
                }
                audiences.get(number).judge(crowd.client(first + number), sent);
            }
        }
    }

    private static Listener both(Voice voice, Audience audience) {
        return new Listener() {
            @Override
            public void delivered(LightClient client, DirectView message) {
                audience.delivered(client, message);
            }

            @Override
            public void acked(LightClient client, int sequence, AckView ack) {
                voice.acked();
            }

            @Override
            public void refused(LightClient client, int sequence, RefusedException refusal) {
                voice.refused(refusal);
            }
        };
    }

    /// A member that sends. Belongs to its client's loop, except for [#arrived].
    private final class Voice {
        private final Group group;
        private final LightClient client;
        private final SendFrame frame;
        private final AtomicInteger awaited = new AtomicInteger(); // deliveries and the ack of the newest message
        private volatile int newest;
        private long sentAt;
        private int refused;

        Voice(Group group, LightClient client, SendFrame frame) {
            this.group = group;
            this.client = client;
            this.frame = frame;
        }

        void speak() {
            if (!group.flowing) {
                return;
            }
            group.underWay.incrementAndGet();
            awaited.set(members); // all others, and the ack
            sentAt = System.nanoTime();
            newest = frame.sequence() + 1;
            client.send(frame, sentAt);
        }

        void acked() {
            group.meter.acked(client.loop(), sentAt);
            happened();
        }

        void refused(RefusedException refusal) {
            refused++;
            group.meter.verdict.refused(refusal);
            group.underWay.decrementAndGet();
            speak();
        }

        /// From the loop of any receiver.
        void arrived(int sequence) {
            if (sequence == newest) {
                happened();
            }
        }

        /// Messages the server took, or may have taken. Waits for the loop.
        int accepted() {
            return CompletableFuture.supplyAsync(() -> frame.sequence() - refused, client.loop()::execute)
                    .join();
        }

        private void happened() {
            if (awaited.decrementAndGet() == 0) {
                group.underWay.decrementAndGet();
                client.loop().execute(this::speak);
            }
        }
    }
}
