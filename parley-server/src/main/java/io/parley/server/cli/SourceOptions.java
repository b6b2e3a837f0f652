package io.parley.server.cli;

import io.parley.migrate.source.Pace;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of what is read from a live app, and how.
final class SourceOptions {
    @Mixin
    AccountOptions account = new AccountOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the archive.")
    @SuppressWarnings("NullAway.Init")
    Path out;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Leave messages younger than this to the next run (default: ${DEFAULT-VALUE}).")
    private long settle;

    @Option(
            names = "--calls-per-second",
            paramLabel = "N",
            defaultValue = "10",
            description = "At most so many calls (default: ${DEFAULT-VALUE}).")
    private double callsPerSecond;

    Duration settling() {
        return Duration.ofSeconds(settle);
    }

    /// @param calls at most so many; 0 for no limit
    Pace pace(long calls) {
        return new Pace(callsPerSecond, calls, Pace.DEFAULT.patience(), Pace.DEFAULT.firstPause());
    }
}
