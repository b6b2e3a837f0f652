package io.parley.server.cli;

import io.parley.migrate.progress.ProgressLine;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How a command tells what it can and how far it is.
final class Telling {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /// Results, on standard output.
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /// On standard error, so that it does not mix with results.
    ProgressLine progress() {
        return new ProgressLine(command.commandLine().getErr(), System.console() != null);
    }
}
