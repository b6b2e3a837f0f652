package io.parley.migrate.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ConversationId;
import io.parley.core.intake.Intake.Refused;
import io.parley.core.intake.Intake.Tally;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveReader.Line;
import io.parley.migrate.archive.Checksums;
import io.parley.migrate.archive.Damage;
import io.parley.migrate.archive.DamagedArchive;
import io.parley.migrate.archive.Part;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// Puts an archive into a target, part by part. It can be stopped and repeated at will: what is in stays in, and comes
/// in once. Parts that are in are passed over.
public final class Importer {
    private static final List<SetName> FIRST = List.of(SetName.USERS, SetName.INSTALLATIONS, SetName.FILES);
    private static final List<SetName> CHAT = List.of(
            SetName.CONVERSATIONS,
            SetName.ROLES,
            SetName.SUBSCRIPTIONS,
            SetName.SILENCED,
            SetName.BLACKLISTS,
            SetName.MESSAGES,
            SetName.PATCHES,
            SetName.SERVICE_MESSAGES,
            SetName.FILE_CONTENTS);

    private static final Set<SetName> OF_MESSAGES = Set.of(SetName.MESSAGES, SetName.SERVICE_MESSAGES);
    private static final Pattern MIME_TYPE = Pattern.compile("[A-Za-z0-9.+_-]{1,64}/[A-Za-z0-9.+_-]{1,100}");
    private static final int SETTLED_AT_ONCE = 500;
    private static final int MAX_TOUCHED = 50_000;

    private final ArchiveReader archive;
    private final Target target;
    private final Report report;
    private final Options options;
    private final Set<String> touched = new HashSet<>();

    /// @param skipDamaged take what can be read of a damaged archive
    /// @param again also parts that are in already
    /// @param without sets to leave out
    public record Options(boolean skipDamaged, boolean again, Set<SetName> without) {
        public Options {
            without = Set.copyOf(without);
        }
    }

    /// Sees how an import goes on.
    public interface Listener {
        /// @param done lines of the set so far, those of parts that were in before included
        void at(SetName set, long done, long of);

        /// Asked after every part.
        boolean stopWanted();
    }

    /// What was done, by set.
    public record Result(Map<SetName, Counts> sets, boolean stopped) {
        public Counts of(SetName set) {
            return sets.getOrDefault(set, Counts.NONE);
        }

        public long refused() {
            return sets.values().stream().mapToLong(Counts::refused).sum();
        }
    }

    /// @param before lines of parts that were in before this run
    public record Counts(long added, long changed, long known, long refused, long before) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Tally tally) {
            return new Counts(
                    added + tally.added(),
                    changed + tally.changed(),
                    known + tally.known(),
                    refused + tally.refused().size(),
                    before);
        }

        Counts plusBefore(long lines) {
            return new Counts(added, changed, known, refused, before + lines);
        }

        Counts plusRefused(long lines) {
            return new Counts(added, changed, known, refused + lines, before);
        }
    }

    public Importer(ArchiveReader archive, Target target, Report report, Options options) {
        this.archive = archive;
        this.target = target;
        this.report = report;
        this.options = options;
    }

    /// @throws DamagedArchive before anything is taken in, unless damage shall be passed over
    public Result run(Listener listener) throws IOException {
        Map<SetName, Counts> sets = new TreeMap<>();
        Map<SetName, List<Part>> todo = new LinkedHashMap<>();
        for (SetName set : order()) todo.put(set, missing(set, sets));
        List<Damage> damages =
                archive.check(todo.values().stream().flatMap(List::stream).toList(), read -> {});
        if (!options.skipDamaged() && !damages.isEmpty()) throw new DamagedArchive(damages.getFirst());
        // One part is read while the one before is written.
        try (ExecutorService reading = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("parley-import-reader").daemon().factory())) {
            todo.remove(SetName.FILE_CONTENTS);
            for (var set : todo.entrySet())
                if (!run(set.getKey(), set.getValue(), reading, sets, listener)) return new Result(sets, true);
        }
        if (!files(sets, listener)) return new Result(sets, true);
        settle();
        return new Result(sets, false);
    }

    private List<SetName> order() {
        Set<SetName> order = new LinkedHashSet<>(FIRST);
        for (SetName set : archive.manifest().sets().keySet()) if (set.isClass() && !CHAT.contains(set)) order.add(set);
        order.addAll(CHAT);
        order.retainAll(archive.manifest().sets().keySet());
        order.removeAll(options.without());
        return List.copyOf(order);
    }

    /// @param lines what can be read
    /// @param damages what cannot
    private record LoadedPart(Part part, List<Line> lines, List<Damage> damages, List<String> raw) {}

    private LoadedPart load(Part part) throws IOException {
        LoadedPart loaded = new LoadedPart(part, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        archive.forEach(part, loaded.lines::add, (damage, raw) -> {
            loaded.damages.add(damage);
            loaded.raw.add(raw);
        });
        return loaded;
    }

    /// The parts that are not in yet.
    private List<Part> missing(SetName set, Map<SetName, Counts> sets) throws IOException {
        List<Part> todo = new ArrayList<>();
        Counts counts = Counts.NONE;
        for (Part part : OF_MESSAGES.contains(set)
                ? archive.oldestFirst(set)
                : archive.manifest().set(set).parts()) {
            // Of roles the last line counts, and no time in it tells which that is.
            boolean behind = set.equals(SetName.ROLES) && !todo.isEmpty();
            if (!options.again() && !behind && target.isFinished(part.sha256()))
                counts = counts.plusBefore(part.lines());
            else todo.add(part);
        }
        sets.put(set, counts);
        return todo;
    }

    /// @return false when the listener wants to stop
    private boolean run(
            SetName set, List<Part> todo, ExecutorService reading, Map<SetName, Counts> sets, Listener listener)
            throws IOException {
        Counts counts = sets.getOrDefault(set, Counts.NONE);
        long done = counts.before();
        long of = archive.manifest().set(set).lines();
        Future<LoadedPart> next = todo.isEmpty() ? null : reading.submit(() -> load(todo.getFirst()));
        for (int i = 0; next != null; i++) {
            LoadedPart part = get(next);
            int following = i + 1;
            next = following == todo.size() ? null : reading.submit(() -> load(todo.get(following)));
            counts = take(set, part, counts);
            sets.put(set, counts);
            done += part.part.lines();
            listener.at(set, done, of);
            if (listener.stopWanted()) return false;
        }
        return true;
    }

    private static LoadedPart get(Future<LoadedPart> part) throws IOException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) throw unreadable;
            throw new IllegalStateException("reading a part failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        }
    }

    private Counts take(SetName set, LoadedPart loaded, Counts before) throws IOException {
        for (int i = 0; i < loaded.damages.size(); i++) report.add(loaded.damages.get(i), loaded.raw.get(i));
        List<ObjectNode> json = loaded.lines.stream().map(Line::json).toList();
        if (OF_MESSAGES.contains(set)) json.forEach(this::touch);
        Tally tally = target.take(set, json);
        for (Refused refused : tally.refused()) {
            Line line = loaded.lines.get(refused.index());
            report.add(line.unusable(refused.reason()), line.text());
        }
        // Whoever mends what was refused, and imports again, wants it to be looked at.
        if (loaded.damages.isEmpty() && tally.refused().isEmpty()) target.finished(loaded.part.sha256());
        return before.plus(tally).plusRefused(loaded.damages.size());
    }

    private boolean isTouched(String id) {
        return touched.contains(id) || touched.contains(id + "00000000");
    }

    /// @return false when the listener wants to stop
    private boolean files(Map<SetName, Counts> sets, Listener listener) throws IOException {
        SetName set = SetName.FILE_CONTENTS;
        if (!sets.containsKey(set)) return true;
        Map<String, String> types = new HashMap<>();
        archive.forEach(
                SetName.FILES,
                line -> types.put(
                        line.json().path("objectId").asText(),
                        line.json().path("mime_type").asText("")),
                (damage, raw) -> {});
        long of = archive.manifest().set(set).lines();
        for (Part part : archive.manifest().set(set).parts()) {
            if (!options.again() && target.isFinished(part.sha256())) continue;
            long[] refused = {0};
            try {
                archive.forEach(
                        part,
                        line -> {
                            Tally tally = file(line, types);
                            for (Refused no : tally.refused()) {
                                refused[0]++;
                                report.add(line.unusable(no.reason()), line.text());
                            }
                            Counts counts = sets.getOrDefault(set, Counts.NONE).plus(tally);
                            sets.put(set, counts);
                            listener.at(set, counts.added() + counts.known(), of);
                            if (listener.stopWanted()) throw new StopWanted();
                        },
                        (damage, raw) -> {
                            refused[0]++;
                            report.add(damage, raw);
                        });
            } catch (StopWanted between) {
                return false;
            }
            if (refused[0] == 0) target.finished(part.sha256());
        }
        return true;
    }

    /// Files are large: an import may stop after each.
    private static final class StopWanted extends IOException {
        private static final long serialVersionUID = 1;
    }

    private Tally file(Line line, Map<String, String> types) throws IOException {
        String key = line.json().path("key").asText();
        String file = line.json().path("file").asText();
        if (key.isEmpty() || !file.matches("files/[0-9a-f]{2}/[0-9a-f]{64}"))
            return Target.refusedFile("it names no bytes");
        Path bytes = archive.folder().resolve(file);
        if (!Files.isRegularFile(bytes)) return Target.refusedFile("its bytes are missing in the archive: " + file);
        if (!Checksums.of(bytes).equals(line.json().path("sha256").asText()))
            return Target.refusedFile("its bytes were changed after they were written: " + file);
        String type = types.getOrDefault(line.json().path("objectId").asText(), "");
        return target.file(
                key, bytes, MIME_TYPE.matcher(type).matches() ? type : "application/octet-stream", options.again());
    }

    private void touch(ObjectNode message) {
        String id = message.path("to").asText();
        if (touched.size() <= MAX_TOUCHED)
            touched.add(id.isEmpty() ? message.path("conv-id").asText() : id);
    }

    /// Those whose messages came in; all, when these are too many to remember.
    private void settle() throws IOException {
        List<ConversationId> some = new ArrayList<>();
        if (touched.isEmpty()) return;
        archive.forEach(
                SetName.CONVERSATIONS,
                line -> {
                    String id = line.json().path("objectId").asText();
                    if (id.isEmpty() || id.length() > 128) return; // was refused
                    if (touched.size() <= MAX_TOUCHED && !isTouched(id)) return;
                    some.add(new ConversationId(id));
                    if (some.size() < SETTLED_AT_ONCE) return;
                    target.settle(some);
                    some.clear();
                },
                (damage, raw) -> {});
        if (!some.isEmpty()) target.settle(some);
    }
}
