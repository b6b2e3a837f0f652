package io.parley.server.cli;

import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.Damage;
import io.parley.migrate.load.Target;
import io.parley.migrate.progress.ProgressLine;
import io.parley.migrate.verify.Verifier;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Compares an archive with a server.
@Command(
        name = "verify",
        description = {
            "Compares an archive with a running server (--server) or with the data folder of a stopped one (--data):",
            "counts and checksums of every conversation's messages, members, roles and lists, and of every class.",
            "Exit code 0: the server has what the archive has; 4: it differs; 1: failed."
        },
        sortOptions = false)
final class Verify implements Callable<Integer> {
    @Mixin
    private ArchiveArgument argument = new ArchiveArgument();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "50",
            description = "List at most so many differences (default: ${DEFAULT-VALUE}).")
    private int show;

    @Mixin
    private Telling tell = new Telling();

    @Override
    public Integer call() throws IOException {
        ProgressLine progress = tell.progress();
        ArchiveReader archive = argument.open();
        List<Damage> damages = archive.check(read -> {});
        damages.forEach(damage -> progress.say("The archive is damaged: " + damage));
        int code = target.open(archive.manifest().app(), progress::say, to -> compare(archive, to, progress));
        return damages.isEmpty() ? code : Math.max(code, ParleyCommand.FAILED);
    }

    private int compare(ArchiveReader archive, Target to, ProgressLine progress) throws IOException {
        long start = System.nanoTime();
        progress.begin("conversations", 0);
        Verifier.Result result = new Verifier(archive, to).run(done -> progress.at(done, 0, ""));
        progress.say(String.format(
                Locale.ROOT,
                "Compared %,d conversations with %,d messages in %.1f s.",
                result.conversations(),
                result.messages(),
                (System.nanoTime() - start) / 1e9));
        if (result.unusable() > 0)
            progress.say(result.unusable() + " lines of the archive make no sense to a server and were left out.");
        if (result.onlyThere() > 0) progress.say(result.onlyThere() + " conversations are on the server only.");
        result.differences().stream().limit(show).forEach(difference -> progress.say("  " + difference));
        if (result.equal()) {
            progress.say("The server has what the archive has.");
            return 0;
        }
        progress.say(result.differences().size() + " differences.");
        return Import.INCOMPLETE;
    }
}
