package io.parley.load;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.parley.load.workload.DirectWorkload;
import io.parley.load.workload.GroupWorkload;
import io.parley.load.workload.IdleWorkload;
import io.parley.load.workload.LoginWorkload;
import io.parley.load.workload.RoomWorkload;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The load tool on the command line. Can be run by itself or be a sub-command of another picocli command.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            DirectWorkload.class,
            GroupWorkload.class,
            RoomWorkload.class,
            IdleWorkload.class,
            LoginWorkload.class
        },
        description =
                "Puts load on a server with many light clients, measures it, and fails when a message is lost, doubled"
                        + " or out of order.")
public final class Bench implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run()
    CommandLine.Model.CommandSpec command;

    /// For the tool's own speed and quiet. Must be set before the first buffer is made.
    private static void tuneNetty() {
        // Netty would otherwise take whatever logging it finds, down to the level of debugging.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        System.setProperty("io.netty.leakDetection.level", "disabled");
        System.setProperty("io.netty.buffer.checkBounds", "false");
        System.setProperty("io.netty.buffer.checkAccessible", "false");
    }

    /// Exits with 0 when all was well, 1 when the server failed under the load, 2 when the load could not be put
    /// on.
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /// Runs a command line; returns the exit code. Blocks.
    public static int execute(String... args) {
        tuneNetty();
        return new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(command.commandLine(), "Name a workload.");
    }
}
