package io.parley.load.workload;

import io.parley.load.client.Commands;
import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.Loop;
import io.parley.load.client.RefusedException;
import io.parley.load.measure.Report;
import io.parley.load.measure.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Clients that come and go: connect, upgrade, open a session, close it, close the connection, again.
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Clients that connect, log in, log out and disconnect, over and over.")
public final class LoginWorkload extends Workload {
    @Option(names = "--concurrency", defaultValue = "100", description = "Clients at once. Default: ${DEFAULT-VALUE}.")
    int concurrency = 100;

    @Override
    int sockets() {
        return 2 * concurrency; // one may still be closing while the next connects
    }

    @Override
    void run(Stage stage, Report report, Verdict verdict) throws InterruptedException {
        Meter meter = new Meter(stage.loops().count(), verdict);
        Comings comings = new Comings(stage, meter);
        report.put("concurrency", concurrency, "");
        Measurement measurement = new Measurement(stage, meter);
        measurement.run(comings);
        report.put("logins", meter.delivered() / meter.window.seconds(), "per second");
        report.put("connect to opened", meter.toDelivery());
        measurement.costInto(report, "login");
    }

    private final class Comings implements Traffic {
        private final Stage stage;
        private final Meter meter;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger visiting = new AtomicInteger();
        private final List<Visitor> visitors = new ArrayList<>();
        private volatile boolean flowing = true;

        Comings(Stage stage, Meter meter) {
            this.stage = stage;
            this.meter = meter;
            for (int number = 0; number < concurrency; number++) {
                visitors.add(new Visitor(this, stage.loops().of(number)));
            }
        }

        @Override
        public void start() {
            visiting.set(concurrency);
            visitors.forEach(visitor -> visitor.loop.execute(visitor::come));
        }

        @Override
        public void stop() {
            flowing = false;
        }

        @Override
        public boolean isSettled() {
            return visiting.get() == 0;
        }
    }

    /// One of those who come and go, each time under another name. Belongs to its loop.
    private static final class Visitor implements Listener {
        private final Comings comings;
        private final Loop loop;
        private boolean leaving;

        Visitor(Comings comings, Loop loop) {
            this.comings = comings;
            this.loop = loop;
        }

        void come() {
            if (!comings.flowing) {
                comings.visiting.decrementAndGet();
                return;
            }
            leaving = false;
            long begin = System.nanoTime();
            comings.stage
                    .login(comings.next.getAndIncrement(), loop, this)
                    .thenCompose(client -> {
                        comings.meter.delivered(loop, begin);
                        return client.request(Commands.closeSession()).thenApply(closed -> client);
                    })
                    .whenComplete((client, failure) -> {
                        if (failure == null) {
                            leaving = true;
                            client.close();
                        } else {
                            failed(failure);
                        }
                    });
        }

        private void failed(Throwable failure) {
            if (failure.getCause() instanceof RefusedException refusal) {
                comings.meter.verdict.refused(refusal);
            } else {
                comings.meter.verdict.dropped(String.valueOf(failure.getCause()));
            }
            comings.visiting.decrementAndGet();
        }

        @Override
        public void closed(LightClient client, String cause) {
            if (leaving) {
                loop.execute(this::come);
            }
        }
    }
}
