package io.parley.load.workload;

import io.parley.load.client.Acks;
import io.parley.load.client.ServerPages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What all workloads have in common. Filled by the command line.
public final class Options {
    private static final String APP_VARIABLE = "PARLEY_APP_ID";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server; its router is asked for the WebSocket address. Default: ${DEFAULT-VALUE}.")
    URI server = URI.create("http://127.0.0.1:8080");

    @Option(names = "--ws", paramLabel = "URL", description = "The WebSocket address; the router is not asked.")
    Optional<URI> webSocket = Optional.empty();

    @Option(
            names = "--app-id",
            paramLabel = "ID",
            description = "The app to log in to. Default: the variable " + APP_VARIABLE
                    + ", or the app of the server's own web" + " chat.")
    Optional<String> appId = Optional.empty();

    @Option(names = "--seconds", defaultValue = "10", description = "How long to measure. Default: ${DEFAULT-VALUE}.")
    int seconds = 10;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            description = "Seconds of the same load before measuring. Default: ${DEFAULT-VALUE}.")
    int warmup = 5;

    @Option(names = "--size", defaultValue = "200", description = "Bytes of a message. Default: ${DEFAULT-VALUE}.")
    int size = 200;

    @Option(
            names = "--acks",
            defaultValue = "THROTTLED",
            description =
                    "How deliveries are confirmed: ${COMPLETION-CANDIDATES}. THROTTLED is the way of the JavaScript"
                            + " SDK: a range once per second. Default: ${DEFAULT-VALUE}.")
    Acks acks = Acks.THROTTLED;

    @Option(
            names = "--loops",
            defaultValue = "0",
            description = "Event loops of the tool. Default: half of the cores, at least one.")
    int loops;

    @Option(
            names = "--patience",
            defaultValue = "10",
            description = "Seconds without any message after which those under way count as lost. Default:"
                    + " ${DEFAULT-VALUE}.")
    int patience = 10;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "The server's process, to measure its processor time and memory. Default: whoever listens on"
                    + " the port.")
    Optional<Long> serverPid = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file, too.")
    Optional<Path> json = Optional.empty();

    Duration measured() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmup);
    }

    Duration patience() {
        return Duration.ofSeconds(patience);
    }

    /// Blocks when the server has to be asked.
    String app() throws IOException, InterruptedException {
        Optional<String> named = appId.or(() -> Optional.ofNullable(System.getenv(APP_VARIABLE)));
        if (named.isPresent()) {
            return named.get();
        }
        return ServerPages.get(server, "/web/config.json")
                .flatMap(config -> ServerPages.member(config, "appId"))
                .orElseThrow(() -> new SetupException("name the app with --app-id or the variable " + APP_VARIABLE));
    }

    int loopCount() {
        return loops > 0 ? loops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
