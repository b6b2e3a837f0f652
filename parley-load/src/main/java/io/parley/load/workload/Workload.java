package io.parley.load.workload;

import io.parley.load.measure.Report;
import io.parley.load.measure.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A sub-command: sets the stage, runs, prints. Ends with 0 when all was well, 1 when a message was lost, doubled
/// or out of order (or refused, or a connection ended by itself), 2 when the load could not be put on.
abstract class Workload implements Callable<Integer> {
    @Mixin
    final Options options = new Options();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    CommandSpec command;

    /// How many connections are open at once.
    abstract int sockets();

    abstract void run(Stage stage, Report report, Verdict verdict) throws InterruptedException;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Report report = new Report(command.name());
        Verdict verdict = new Verdict();
        try (Stage stage = Stage.open(options, sockets())) {
            run(stage, report, verdict);
        } catch (SetupException impossible) {
            command.commandLine().getErr().println(impossible.getMessage());
            return 2;
        }
        report.put(verdict).put("verdict", verdict.isGood() ? "good" : "FAILED");
        command.commandLine().getOut().print(report.asTable());
        command.commandLine().getOut().flush();
        if (options.json.isPresent()) {
            Files.writeString(options.json.get(), report.asJson());
        }
        return verdict.isGood() ? 0 : 1;
    }
}
