package io.parley.load.workload;

import io.parley.load.measure.Report;
import io.parley.load.measure.ServerMetrics;
import io.parley.load.measure.ServerProcess;
import io.parley.load.measure.Usage;
import io.parley.load.measure.Verdict;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Sessions that are open and silent: what each costs the server in memory. `--warmup` is how long the server may
/// rest before the first reading, `--seconds` before the second: what it keeps is told apart from the garbage of
/// the logins only when it has had time to collect.
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description =
                "Opens many sessions, leaves them alone for --seconds, and tells what each costs in memory. The server may"
                        + " rest for --warmup before they come. Use some 20 seconds for both: garbage of the logins counts, too.")
public final class IdleWorkload extends Workload {
    private static final Duration HEARTBEAT = Duration.ofMinutes(3);

    @Option(names = "--sessions", defaultValue = "10000", description = "How many. Default: ${DEFAULT-VALUE}.")
    int sessions = 10_000;

    @Option(
            names = "--ramp",
            defaultValue = "0",
            description = "At most so many logins per second. Default: as fast as the server takes them.")
    int ramp;

    @Option(
            names = "--before",
            defaultValue = "500",
            description =
                    "Sessions opened first and not counted, so that what the server loads and compiles once is not"
                            + " put on the others' bill. Default: ${DEFAULT-VALUE}.")
    int before = 500;

    @Override
    int sockets() {
        return before + sessions;
    }

    @Override
    void run(Stage stage, Report report, Verdict verdict) throws InterruptedException {
        ServerProcess server = stage.server()
                .orElseThrow(() -> new SetupException("the server's process is not known: name it with --server-pid"));
        Crowd first = Crowd.gather(stage, before, stage.loops()::of, ramp, verdict);
        Thread.sleep(options.warmUp());
        long bytesBefore = server.residentBytes();
        double heapBefore = ServerMetrics.heapBytes(options.server);
        Usage usageBefore = Usage.now(stage.server());
        long begin = System.nanoTime();
        Crowd all = first.grow(stage, sessions, stage.loops()::of, ramp, verdict);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Usage usageAfter = Usage.now(stage.server());
        stay(all);
        long bytesAfter = server.residentBytes();
        double heapAfter = ServerMetrics.heapBytes(options.server);
        report.put("sessions", sessions, "");
        report.put("logins", sessions / seconds, "per second");
        report.put("server memory per session", (bytesAfter - bytesBefore) / 1024.0 / sessions, "KB");
        report.put("server memory before", bytesBefore / 1048576.0, "MB");
        report.put("server memory after", bytesAfter / 1048576.0, "MB");
        report.put("heap in use before", heapBefore / 1048576.0, "MB");
        report.put("heap in use after", heapAfter / 1048576.0, "MB");
        report.put(usageBefore, usageAfter, seconds, "login", sessions);
        all.over();
    }

    private void stay(Crowd crowd) throws InterruptedException {
        long end = System.nanoTime() + options.measured().toNanos();
        long left;
        while ((left = end - System.nanoTime()) > 0) {
            Thread.sleep(Duration.ofNanos(Math.min(left, HEARTBEAT.toNanos())));
            if (left > HEARTBEAT.toNanos()) {
                crowd.tell(GenericCommand.newBuilder().setCmd(CommandType.echo).setI(1));
            }
        }
    }
}
