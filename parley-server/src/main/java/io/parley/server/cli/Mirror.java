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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Keeps a running server up to a live app, until clients are led over.
@Command(
        name = "mirror",
        description = {
            "Follows a live app: asks for what came since, adds it to the archive, and puts it into a running server,",
            "again and again until it is interrupted. Now and then it looks back for what was edited or recalled.",
            "Begin with ./parley archive and ./parley import.",
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
    private SourceOptions source = new SourceOptions();

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
    private @Nullable Path toKey;

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
            names = "--look-back",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "How old messages may be of which edits and recalls are noticed: one call for 1,000 of them,"
                    + " each time; 0s for none (default: ${DEFAULT-VALUE}).")
    private Duration lookBack = Duration.ZERO;

    @Option(
            names = "--look-back-every",
            paramLabel = "TIME",
            defaultValue = "15m",
            description = "How often to look for them; the first round always does (default: ${DEFAULT-VALUE}).")
    private Duration lookBackEvery = Duration.ZERO;

    @Mixin
    private Telling tell = new Telling();

    @Override
    public Integer call() throws Exception {
        ProgressLine progress = tell.progress();
        Account live = source.account.read();
        MasterKey key = toKey == null ? live.masterKey() : MasterKey.read(toKey);
        try (var interrupt = new Interrupt();
                RestClient from = new RestClient(live, source.pace(0));
                RestClient into = new RestClient(source.account.elsewhere("--to", to, key), Pace.UNHURRIED)) {
            RestTarget target = new RestTarget(into);
            long lastLook = 0;
            for (long round = 1; ; round++) {
                long now = System.nanoTime();
                boolean look = round == 1 || now - lastLook >= lookBackEvery.toNanos();
                try {
                    follow(from, target, new Round(round == 1, look), interrupt, progress);
                    if (look) lastLook = now;
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

    /// @param first also reads anew what only a whole list tells, such as roles that a server keeps in no class
    /// @param looksBack for edits and recalls
    private record Round(boolean first, boolean looksBack) {}

    private void follow(RestClient from, RestTarget into, Round round, Interrupt interrupt, ProgressLine progress)
            throws IOException {
        Set<SetName> without = new HashSet<>(SLOW);
        try (ArchiveWriter archive = ArchiveWriter.open(
                source.out, from.account().app(), from.account().server().getAuthority(), InstantSource.system())) {
            // What the first archive left out stays out.
            for (SetName set : List.of(SetName.USERS, SetName.INSTALLATIONS, SetName.FILES, SetName.ROLES))
                if (!archive.manifest().sets().containsKey(set)) without.add(set);
            var options = new Crawl.Options(
                    List.of(),
                    without,
                    false,
                    round.first(),
                    source.settling(),
                    round.looksBack() ? lookBack : Duration.ZERO,
                    new FileHost(Optional.empty()));
            new Crawl(from, options).run(archive, new Stoppable(interrupt));
        }
        try (Report report = new Report(source.out.resolve("mirror-report.jsonl"))) {
            Importer.Result result = new Importer(
                            new ArchiveReader(source.out), into, report, new Importer.Options(false, false, Set.of()))
                    .run(new Quiet(interrupt));
            progress.say("Up to date: " + came(result, SetName.MESSAGES) + " messages, "
                    + came(result, SetName.PATCHES) + " edits and recalls and " + came(result, SetName.CONVERSATIONS)
                    + " conversations came over"
                    + (report.count() == 0 ? "" : "; " + report.count() + " lines did not, see " + report.file()));
        }
    }

    private static long came(Importer.Result result, SetName set) {
        return result.of(set).added() + result.of(set).changed();
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
