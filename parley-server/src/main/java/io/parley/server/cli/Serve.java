package io.parley.server.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parley.server.Parley;
import io.parley.server.config.ServerConfig;
import io.parley.server.log.Logs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
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

    @Option(
            names = "--rehearse",
            hidden = true,
            description = "Starts, answers a few calls and ends: the JVM notes which classes that takes.")
    private boolean rehearse;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        ServerConfig config = options.read(System.getenv());
        Logs.configure(config.log());
        Logger log = LoggerFactory.getLogger(Serve.class);
        Parley parley = Parley.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parley), "parley-stop"));
        log.info("Listening url={} startMillis={}", parley.url(), sinceStart().toMillis());
        if (rehearse) {
            rehearse(parley.port());
            return 0;
        }
        spec.commandLine().getOut().print(Banner.of(parley));
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await(); // the way out is the shutdown hook
        return 0;
    }

    private static void rehearse(int port) throws IOException {
        for (String path : List.of("/", "/health", "/metrics", "/v1/route?appId=none")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(US_ASCII));
                socket.getInputStream().readAllBytes();
            }
        }
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
