package io.parley.server.cli;

import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.load.Importer;
import io.parley.migrate.load.Report;
import io.parley.migrate.load.RestTarget;
import io.parley.migrate.progress.ProgressLine;
import io.parley.migrate.source.Account;
import io.parley.migrate.source.Crawl;
import io.parley.migrate.source.FileHost;
import io.parley.migrate.source.MasterKey;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.QuotaReached;
import io.parley.migrate.source.RestClient;
import io.parley.migrate.source.Stopped;
import io.parley.migrate.source.Watcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Keeps a running server up to a live app, until clients are led over.
@Command(
        name = "mirror",
        description = {
            "Follows a live app: asks for what came since, adds it to the archive, and puts it into a running server,",
            "again and again until it is interrupted. Begin with ./parley archive and ./parley import.",
            "Exit code 0: as wished with --rounds; 3: interrupted."
        },
        sortOptions = false)
final class Mirror implements Callable<Integer> {
    /// Lists that are read conversation by conversation would take too many calls each round.
    private static final Set<SetName> SLOW = Set.of(
            SetName.SUBSCRIPTIONS,
            SetName.SERVICE_MESSAGES,
            SetName.SILENCED,
            SetName.BLACKLISTS,
            SetName.FILE_CONTENTS);

    @Mixin
    private AccountOptions account = new AccountOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the archive.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "The Parley server: https://chat.example.com")
    @SuppressWarnings("NullAway.Init")
    private URI to;

    @Option(
            names = "--to-master-key-file",
            paramLabel = "FILE",
            description = "File with the app's master key there, when it is another one.")
    private @org.jspecify.annotations.Nullable Path toKey;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Pause between two rounds (default: ${DEFAULT-VALUE}).")
    private long every;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "0",
            description = "End after so many rounds: 1 for the last one, when nobody writes there any more.")
    private long rounds;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Leave messages younger than this to the next round (default: ${DEFAULT-VALUE}).")
    private long settle;

    @Option(
            names = "--calls-per-second",
            paramLabel = "N",
            defaultValue = "5",
            description = "At most so many calls of the live app (default: ${DEFAULT-VALUE}).")
    private double callsPerSecond;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), System.console() != null);
        Account live = account.read();
        Account there;
        try {
            there = new Account(to, live.app(), toKey == null ? live.masterKey() : MasterKey.read(toKey));
        } catch (IllegalArgumentException wrong) {
            throw new WrongOption("--to: " + wrong.getMessage());
        }
        try (var interrupt = new Interrupt();
                RestClient from = new RestClient(
                        live, new Pace(callsPerSecond, 0, Pace.DEFAULT.patience(), Pace.DEFAULT.firstPause()));
                RestClient into =
                        new RestClient(there, new Pace(1000, 0, Pace.DEFAULT.patience(), Pace.DEFAULT.firstPause()))) {
            RestTarget target = new RestTarget(into);
            for (long round = 1; ; round++) {
                try {
                    follow(from, target, interrupt, progress);
                } catch (QuotaReached later) {
                    progress.say("Waiting: " + later.getMessage());
                } catch (Stopped stopped) {
                    return Archive.AGAIN;
                } catch (IOException broken) {
                    if (round == 1) throw broken;
                    progress.say("This round failed, trying again: " + broken.getMessage());
                }
                if (round == rounds) return 0;
                for (long second = 0; second < every; second++) {
                    if (interrupt.wanted()) return Archive.AGAIN;
                    Thread.sleep(Duration.ofSeconds(1));
                }
            }
        }
    }

    private void follow(RestClient from, RestTarget into, Interrupt interrupt, ProgressLine progress)
            throws IOException {
        Set<SetName> without = new HashSet<>(SLOW);
        try (ArchiveWriter archive = ArchiveWriter.open(
                out, from.account().app(), from.account().server().getAuthority(), InstantSource.system())) {
            // What the first archive left out stays out.
            for (SetName set : List.of(SetName.USERS, SetName.INSTALLATIONS, SetName.FILES, SetName.ROLES))
                if (!archive.manifest().sets().containsKey(set)) without.add(set);
            var options = new Crawl.Options(
                    List.of(), without, false, false, Duration.ofSeconds(settle), new FileHost(Optional.empty()));
            new Crawl(from, options).run(archive, new Stoppable(interrupt));
        }
        try (Report report = new Report(out.resolve("mirror-report.jsonl"))) {
            Importer.Result result = new Importer(
                            new ArchiveReader(out), into, report, new Importer.Options(false, false, Set.of()))
                    .run(new Quiet(interrupt));
            Importer.Counts messages = result.of(SetName.MESSAGES);
            progress.say("Up to date: " + messages.added() + " messages and "
                    + (result.of(SetName.CONVERSATIONS).added()
                            + result.of(SetName.CONVERSATIONS).changed())
                    + " conversations came over"
                    + (report.count() == 0 ? "" : "; " + report.count() + " lines did not, see " + report.file()));
        }
    }

    private record Stoppable(Interrupt interrupt) implements Watcher {
        @Override
        public void added(SetName set, long lines, String where) {
            // The end of the round tells.
        }

        @Override
        public void skipped(SetName set, String reason) {
            // Was told when the archive was made.
        }

        @Override
        public boolean stopWanted() {
            return interrupt.wanted();
        }
    }

    private record Quiet(Interrupt interrupt) implements Importer.Listener {
        @Override
        public void at(SetName set, long done, long of) {
            // The end of the round tells.
        }

        @Override
        public boolean stopWanted() {
            return interrupt.wanted();
        }
    }
}
