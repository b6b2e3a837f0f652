package io.parley.server.cli;

import io.parley.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints which Parley and which Java this is.")
final class ShowVersion implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println("Parley " + Version.text() + ", Java " + Runtime.version());
        return 0;
    }
}
