package io.parley.load.workload;

import io.parley.load.client.Commands;
import io.parley.load.client.LightClient;
import io.parley.load.measure.Report;
import io.parley.load.measure.Verdict;
import io.parley.load.wire.SendFrame;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Pairs of clients, each with a conversation of their own in which one sends to the other.
@Command(
        name = "direct",
        mixinStandardHelpOptions = true,
        description =
                "Pairs of clients: one sends, the other receives. A message is under way until it is both accepted"
                        + " and delivered.")
public final class DirectWorkload extends Workload {
    @Option(names = "--pairs", defaultValue = "200", description = "How many pairs. Default: ${DEFAULT-VALUE}.")
    int pairs = 200;

    @Option(
            names = "--in-flight",
            defaultValue = "1",
            description = "Messages under way per pair. Default: ${DEFAULT-VALUE}.")
    int inFlight = 1;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description =
                    "Send so many messages per second over all pairs, whatever becomes of them, instead of keeping"
                            + " messages under way. Delays count from the moment a message was due.")
    double rate;

    @Override
    int sockets() {
        return 2 * pairs;
    }

    @Override
    void run(Stage stage, Report report, Verdict verdict) throws InterruptedException {
        Crowd crowd = Crowd.gather(stage, 2 * pairs, number -> stage.loops().of(number / 2), 0, verdict);
        Meter meter = new Meter(stage.loops().count(), verdict);
        List<Pair> couples = stage.all(pairs, "start a conversation", number -> {
            List<String> members = List.of(stage.clientId(2 * number), stage.clientId(2 * number + 1));
            LightClient sender = crowd.client(2 * number);
            return sender.request(Commands.start("pair", members)).thenApply(started -> {
                String conversation = started.getConvMessage().getCid();
                SendFrame frame = new SendFrame(0, conversation, options.size, false, false);
                return new Pair(meter, sender, frame, rate > 0 ? 0 : inFlight);
            });
        });
        for (int number = 0; number < pairs; number++) {
            crowd.listen(2 * number, couples.get(number).sending());
            crowd.listen(2 * number + 1, couples.get(number).receiving());
        }
        report.put("pairs", pairs, "");
        if (rate > 0) {
            report.put("offered", rate, "messages per second");
        } else {
            report.put("in flight", inFlight, "per pair");
        }
        report.put("message size", options.size, "bytes");
        Measurement measurement = new Measurement(stage, meter);
        measurement.run(rate > 0 ? new Paced(couples, rate) : new Pumped(couples));
        measurement.messagesInto(report);
        crowd.over();
        couples.forEach(Pair::judge);
    }

    /// Every pair sends its next message when the one before has arrived.
    private record Pumped(List<Pair> pairs) implements Traffic {
        @Override
        public void start() {
            pairs.forEach(pair -> pair.execute(pair::pump));
        }

        @Override
        public void stop() {
            pairs.forEach(pair -> pair.execute(pair::stop));
        }

        @Override
        public boolean isSettled() {
            return areSettled(pairs);
        }
    }

    /// The pairs send in turn, by the clock.
    private static final class Paced implements Traffic {
        private final List<Pair> pairs;
        private final Pace pace;
        private int next; // belongs to the thread of the pace

        Paced(List<Pair> pairs, double perSecond) {
            this.pairs = pairs;
            pace = new Pace(perSecond, this::sendNext);
        }

        private void sendNext(long due) {
            Pair pair = pairs.get(next++ % pairs.size());
            pair.execute(() -> pair.send(due));
        }

        @Override
        public void start() {
            pace.start();
        }

        @Override
        public void stop() {
            pace.stop();
            pairs.forEach(pair -> pair.execute(pair::stop));
        }

        @Override
        public boolean isSettled() {
            return areSettled(pairs);
        }
    }

    private static boolean areSettled(List<Pair> pairs) {
        List<java.util.concurrent.CompletableFuture<Boolean>> answers = new ArrayList<>();
        pairs.forEach(pair -> answers.add(
                java.util.concurrent.CompletableFuture.supplyAsync(() -> pair.underWay() == 0, pair::execute)));
        return answers.stream().allMatch(java.util.concurrent.CompletableFuture::join);
    }
}
