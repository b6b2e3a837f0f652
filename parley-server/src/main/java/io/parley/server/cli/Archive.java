package io.parley.server.cli;

import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.Summary;
import io.parley.migrate.progress.ProgressLine;
import io.parley.migrate.source.Account;
import io.parley.migrate.source.Crawl;
import io.parley.migrate.source.Exports;
import io.parley.migrate.source.FileHost;
import io.parley.migrate.source.QuotaReached;
import io.parley.migrate.source.RestClient;
import io.parley.migrate.source.Stopped;
import io.parley.migrate.source.Watcher;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes everything an app has out of LeanCloud, or of another Parley.
@Command(
        name = "archive",
        description = {
            "Copies an app's conversations, messages, members' roles, subscriptions, silenced and blocked clients,",
            "users, installations and files from LeanCloud (or another Parley) into a folder. What was interrupted goes",
            "on when the same command is given again; a complete archive gets what came since.",
            "Exit code 0: complete; 1: failed; 3: interrupted or out of quota, give the command again."
        },
        sortOptions = false)
final class Archive implements Callable<Integer> {
    static final int AGAIN = 3;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Files of console exports instead of a server: .jsonl, .jsonl.gz, .json pages, .tar.gz, .bson;"
                            + " the class is the name of the file, or give CLASS=FILE.")
    private List<String> exports = List.of();

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "A further class to copy, besides those that chat needs; may be repeated.")
    private List<String> classes = List.of();

    @Option(
            names = "--skip",
            paramLabel = "SET",
            split = ",",
            description = "What to leave out: messages, subscriptions, service-messages, silenced, blacklists,"
                    + " file-contents, classes/_User and so on.")
    private List<String> skip = List.of();

    @Option(
            names = "--per-conversation",
            description = "Ask every conversation for its history instead of the app for all of it: many more calls.")
    private boolean perConversation;

    @Option(
            names = "--refresh",
            description = "Read subscriptions, silenced and blocked clients anew that an earlier run completed.")
    private boolean refresh;

    @Option(
            names = "--file-domain",
            paramLabel = "URL",
            description = "The app's own file domain, where file keys lead to.")
    private @Nullable URI fileDomain;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after so many calls, to stay below a daily quota (default: no limit).")
    private long calls;

    @Option(
            names = "--look-back",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Read messages younger than this once more, for what was edited or recalled since they were"
                    + " archived: 7d, 24h (default: do not).")
    private Duration lookBack = Duration.ZERO;

    @Mixin
    private Telling tell = new Telling();

    @Override
    public Integer call() throws Exception {
        ProgressLine progress = tell.progress();
        return exports.isEmpty() ? crawl(progress) : collect(progress);
    }

    private int collect(ProgressLine progress) throws IOException {
        String app = source.account.app.app();
        try (ArchiveWriter archive = ArchiveWriter.open(source.out, app, "exported files", InstantSource.system())) {
            Exports.add(archive, exports, problem -> progress.say("  " + problem));
            summarize(archive, progress);
        }
        return 0;
    }

    private int crawl(ProgressLine progress) throws IOException {
        Account read = source.account.read();
        var options = new Crawl.Options(
                classes,
                skip.stream().map(SetName::new).collect(Collectors.toSet()),
                perConversation,
                refresh,
                source.settling(),
                lookBack,
                new FileHost(Optional.ofNullable(fileDomain)));
        try (var interrupt = new Interrupt();
                RestClient rest = new RestClient(read, source.pace(calls));
                ArchiveWriter archive = ArchiveWriter.open(
                        source.out, read.app(), read.server().getAuthority(), InstantSource.system())) {
            try {
                new Crawl(rest, options).run(archive, new Reporter(progress, interrupt));
                summarize(archive, progress);
                progress.say("Complete, with " + rest.calls() + " calls. Run it again to add what comes from now on.");
                return 0;
            } catch (QuotaReached tomorrow) {
                summarize(archive, progress);
                progress.say("Not complete: " + tomorrow.getMessage() + ". Give the same command again later.");
                return AGAIN;
            } catch (Stopped stopped) {
                summarize(archive, progress);
                progress.say("Stopped. Give the same command again to go on.");
                return AGAIN;
            } catch (IOException broken) {
                progress.say("Not complete: " + broken.getMessage());
                progress.say("What was fetched is safe; give the same command again to go on.");
                return ParleyCommand.FAILED;
            }
        }
    }

    private void summarize(ArchiveWriter archive, ProgressLine progress) {
        progress.say("The archive in " + source.out + " holds:");
        Summary.of(archive.manifest()).forEach(progress::say);
    }

    /// Shows on a line what a crawl does.
    private static final class Reporter implements Watcher {
        private final ProgressLine progress;
        private final Interrupt interrupt;
        private @Nullable SetName current;
        private @Nullable SetName expectedOf;
        private long expected;
        private int skips;

        Reporter(ProgressLine progress, Interrupt interrupt) {
            this.progress = progress;
            this.interrupt = interrupt;
        }

        @Override
        public void expected(SetName set, long lines) {
            expectedOf = set;
            expected = lines;
        }

        @Override
        public void added(SetName set, long lines, String where) {
            if (!set.equals(current)) {
                progress.begin(set.value(), lines);
                current = set;
                skips = 0;
            }
            progress.at(lines, set.equals(expectedOf) ? Math.max(expected, lines) : 0, where);
        }

        @Override
        public void skipped(SetName set, String reason) {
            skips++;
            if (skips <= 20) progress.say("  " + set + ": " + reason);
            if (skips == 21) progress.say("  " + set + ": ... and more");
        }

        @Override
        public boolean stopWanted() {
            return interrupt.wanted();
        }
    }
}
