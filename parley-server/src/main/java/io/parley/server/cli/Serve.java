package io.parley.server.cli;

import io.parley.server.Parley;
import io.parley.server.config.ServerConfig;
import io.parley.server.log.Logs;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a server until it is told to stop.
@Command(name = "serve", description = "Starts a server with an embedded store.", sortOptions = false)
final class Serve implements Callable<Integer> {
    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ServerConfig config = options.read(System.getenv());
        Logs.configure(config.log());
        Logger log = LoggerFactory.getLogger(Serve.class);
        Parley parley = Parley.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parley), "parley-stop"));
        log.info("Listening url={} startMillis={}", parley.url(), sinceStart().toMillis());
        spec.commandLine().getOut().print(Banner.of(parley));
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await(); // the way out is the shutdown hook
        return 0;
    }

    private static Duration sinceStart() {
        return Duration.ofMillis(System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /// Runs when the process is asked to end. A JVM that a signal ends reports 143; a server that did all it should
    /// reports success.
    private static void stop(Parley parley) {
        parley.drain(parley.config().drainPatience());
        parley.close();
        Logs.flush();
        Runtime.getRuntime().halt(0);
    }
}
