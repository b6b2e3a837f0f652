package io.parley.server.cli;

import io.parley.server.config.ConfigException;
import io.parley.server.config.ServerConfig;
import io.parley.server.doctor.Checkup;
import io.parley.server.doctor.Finding;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Checks a machine and a configuration before a server runs. Takes the same options as `serve`.
@Command(
        name = "doctor",
        description = {
            "Checks whether a server would run here: Java, configuration, port, data folder, open-file limit, clock.",
            "Give it the options you give to serve. Exit code 0: all is well; 1: something must be mended."
        },
        sortOptions = false)
final class Doctor implements Callable<Integer> {
    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private Telling tell = new Telling();

    @Override
    public Integer call() {
        PrintWriter out = tell.out();
        ServerConfig config;
        try {
            config = options.read(System.getenv());
            show(out, new Finding(Finding.Grade.GOOD, "configuration", "valid"));
        } catch (ConfigException wrong) {
            for (String problem : wrong.problems()) show(out, new Finding(Finding.Grade.BAD, "configuration", problem));
            return ParleyCommand.FAILED;
        }
        List<Finding> findings = new Checkup(config, InstantSource.system()).findings();
        findings.forEach(finding -> show(out, finding));
        return findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.BAD) ? ParleyCommand.FAILED : 0;
    }

    static void show(PrintWriter out, Finding finding) {
        String mark = switch (finding.grade()) {
            case GOOD -> "ok  ";
            case DOUBTFUL -> "warn";
            case BAD -> "BAD ";
        };
        out.printf("%s  %-16s  %s%n", mark, finding.subject(), finding.text());
    }
}
