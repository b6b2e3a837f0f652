package io.parley.server;

import io.parley.server.cli.ParleyCommand;

/// The command line.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int code = ParleyCommand.run(arguments);
        // A server that stops exits by itself, when all is written: see Serve.
        System.exit(code);
    }
}
