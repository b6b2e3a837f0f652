package io.parley.server.cli;

import io.parley.core.command.AppId;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.DamagedArchive;
import io.parley.migrate.archive.SetInfo;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.Summary;
import io.parley.migrate.load.DryTarget;
import io.parley.migrate.load.Importer;
import io.parley.migrate.load.Report;
import io.parley.migrate.load.Target;
import io.parley.migrate.progress.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Puts an archive into a server.
@Command(
        name = "import",
        description = {
            "Puts an archive into a running server (--server) or into the data folder of a stopped one (--data).",
            "It can be interrupted and repeated: what is in stays in, and comes in once.",
            "Exit code 0: all is in; 1: failed; 3: interrupted, give the command again; 4: in, except what the report",
            "lists."
        },
        sortOptions = false)
final class Import implements Callable<Integer> {
    static final int INCOMPLETE = 4;

    @Mixin
    private ArchiveArgument argument = new ArchiveArgument();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--dry-run", description = "Say what would go in, and what would not; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--skip-damaged",
            description = "Take what can be read of a damaged archive; the report lists the rest.")
    private boolean skipDamaged;

    @Option(names = "--again", description = "Also parts that are in already, to bring back what was changed since.")
    private boolean again;

    @Option(
            names = "--skip",
            paramLabel = "SET",
            split = ",",
            description = "What to leave out: messages, silenced, classes/_User and so on.")
    private List<String> skip = List.of();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "import-report.jsonl",
            description = "Where to list what did not go in (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path report;

    @Mixin
    private Telling tell = new Telling();

    @Override
    public Integer call() throws IOException {
        ProgressLine progress = tell.progress();
        ArchiveReader archive = argument.open();
        String app = archive.manifest().app();
        if (!dryRun) return target.open(app, progress::say, to -> run(archive, to, progress));
        DryTarget dry = new DryTarget(new AppId(Objects.requireNonNullElse(target.app(), app)));
        int code = run(archive, dry, progress);
        progress.say("Conversations by kind: " + dry.kinds());
        progress.say("Unread counts, sessions, temporary conversations and what LeanCloud no longer keeps cannot be");
        progress.say("carried over; see docs/migrate-from-leancloud.md.");
        return code;
    }

    private int run(ArchiveReader archive, Target to, ProgressLine progress) throws IOException {
        Summary.of(archive.manifest()).forEach(progress::say);
        archive.manifest().sets().forEach((name, set) -> warn(name, set, progress));
        var options = new Importer.Options(
                skipDamaged, again, skip.stream().map(SetName::new).collect(Collectors.toSet()));
        long start = System.nanoTime();
        try (var interrupt = new Interrupt();
                Report left = new Report(report)) {
            Importer.Result result = new Importer(archive, to, left, options).run(new Listener(progress, interrupt));
            summarize(result, to, start, progress);
            if (left.count() > 0) progress.say(left.count() + " lines did not go in; they are in " + left.file());
            if (result.stopped()) progress.say("Stopped. Give the same command again to go on.");
            return result.stopped() ? Archive.AGAIN : result.refused() > 0 ? INCOMPLETE : 0;
        } catch (DamagedArchive damaged) {
            progress.say(String.valueOf(damaged.getMessage()));
            progress.say("Nothing was changed. Get the archive from where it is whole, or take what can be read with"
                    + " --skip-damaged.");
            return ParleyCommand.FAILED;
        }
    }

    private static void warn(SetName name, SetInfo set, ProgressLine progress) {
        if (!set.complete()) progress.say("  " + name + " is not complete: run ./parley archive again, then import.");
    }

    private static void summarize(Importer.Result result, Target to, long start, ProgressLine progress) {
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.say("Into " + to.name() + ", in " + String.format(Locale.ROOT, "%.1f s:", seconds));
        result.sets()
                .forEach((set, counts) -> progress.say(String.format(
                        Locale.ROOT,
                        "  %-32s %,12d new, %,d changed, %,d known, %,d in before, %,d not in",
                        set,
                        counts.added(),
                        counts.changed(),
                        counts.known(),
                        counts.before(),
                        counts.refused())));
    }

    private static final class Listener implements Importer.Listener {
        private final ProgressLine progress;
        private final Interrupt interrupt;
        private @Nullable SetName current;

        Listener(ProgressLine progress, Interrupt interrupt) {
            this.progress = progress;
            this.interrupt = interrupt;
        }

        @Override
        public void at(SetName set, long done, long of) {
            if (!set.equals(current)) {
                progress.begin(set.value(), 0);
                current = set;
            }
            progress.at(done, of, "");
        }

        @Override
        public boolean stopWanted() {
            return interrupt.wanted();
        }
    }
}
