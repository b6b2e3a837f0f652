package io.parley.server.cli;

import picocli.CommandLine.Command;

/// Hands over to the load tool, which is a program of its own.
@Command(
        name = "bench",
        description = "Measures a server with thousands of clients; see parley bench --help.",
        helpCommand = true)
final class Bench implements Runnable {
    static int run(String... arguments) {
        return io.parley.load.Bench.execute(arguments);
    }

    @Override
    public void run() {
        run("--help");
    }
}
