package io.parley.server.cli;

import io.parley.server.Version;
import io.parley.server.config.ConfigException;
import io.parley.server.config.Parse;
import io.parley.server.config.ServerConfig;
import io.parley.server.http.PortTakenException;
import io.parley.server.log.Logs;
import io.parley.store.DataDirectoryInUseException;
import io.parley.store.StorageFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `parley`, the command that holds all others.
@Command(
        name = "parley",
        description = "A self-hosted realtime chat server for the LeanCloud SDKs.",
        mixinStandardHelpOptions = true,
        versionProvider = ParleyCommand.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Serve.class,
            Doctor.class,
            Bench.class,
            TraceMessage.class,
            Archive.class,
            Import.class,
            Verify.class,
            Mirror.class,
            Cutover.class,
            ShowVersion.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Start with:  parley serve", "Every setting is explained in docs/configuration.md."})
public final class ParleyCommand {
    static final int USAGE = 2;
    static final int FAILED = 1;

    private static final ServerConfig.Log QUIET = new ServerConfig.Log(ServerConfig.Log.Format.TEXT, "warn", Map.of());

    /// Runs a command line and returns the exit code: 0 done, 1 failed, 2 not understood.
    public static int run(String... arguments) {
        Logs.configure(QUIET); // until a command knows better
        // The load tool reads its own options, --help included.
        if (arguments.length > 0 && arguments[0].equals("bench"))
            return Bench.run(Arrays.copyOfRange(arguments, 1, arguments.length));
        CommandLine line = new CommandLine(new ParleyCommand());
        line.registerConverter(Duration.class, Parse::duration);
        line.setOverwrittenOptionsAllowed(true); // the last one counts
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command.getErr()));
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return USAGE;
        }
        return line.execute(arguments);
    }

    /// What an operator can mend is told in plain lines; anything else is ours to explain, with its stack.
    private static int failed(Exception failure, PrintWriter err) throws Exception {
        switch (failure) {
            case ConfigException wrong -> {
                err.println("The configuration has mistakes:");
                wrong.problems().forEach(problem -> err.println("  " + problem));
            }
            case PortTakenException taken -> err.println(taken.getMessage());
            case DataDirectoryInUseException inUse -> err.println("Cannot start: " + inUse.getMessage());
            case StorageFailedException broken -> err.println("Cannot start: " + broken.getMessage());
            case UncheckedIOException unusable ->
                err.println("Cannot start: " + unusable.getMessage() + " (" + unusable.getCause() + ")");
            case WrongOption wrong -> err.println(wrong.getMessage());
            case IOException broken -> err.println(broken.getMessage());
            default -> throw failure;
        }
        return FAILED;
    }

    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Parley " + Version.text()};
        }
    }
}
