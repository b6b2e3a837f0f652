package io.parley.core.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Refusal;
import io.parley.core.intake.IntakeStore.Outcome;
import io.parley.core.record.ClassNames;
import io.parley.core.record.RecordStore;
import io.parley.core.record.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Takes in rows and history items of another server, line by line. Thread-safe; every method may block.
public final class Intake {
    /// Lines of one atomic step.
    private static final int STEP = 1000;

    private final IntakeStore store;
    private final RecordStore records;
    private final int stepsAtOnce;

    /// For a store that others use, too.
    public Intake(IntakeStore store, RecordStore records) {
        this(store, records, 1);
    }

    /// @param stepsAtOnce how many steps of messages may wait for the store together: they share a sync of the disk
    public Intake(IntakeStore store, RecordStore records, int stepsAtOnce) {
        this.store = store;
        this.records = records;
        this.stepsAtOnce = stepsAtOnce;
    }

    /// What became of some lines.
    ///
    /// @param refused those that are not in
    public record Tally(long added, long changed, long known, List<Refused> refused) {
        public Tally {
            refused = List.copyOf(refused);
        }
    }

    /// @param index of the line, from 0
    public record Refused(int index, String reason) {}

    /// The names of what can be taken in, as archives call them.
    public static boolean knows(String set) {
        return switch (set) {
            case "messages", "patches", "service-messages", "subscriptions", "silenced", "blacklists" -> true;
            default -> set.startsWith("classes/");
        };
    }

    /// Takes in lines of one kind.
    public Tally take(AppId app, String set, List<ObjectNode> lines) {
        return switch (set) {
            case "classes/_Conversation" -> new Batch<>(lines, Reading::conversation).run(store::conversations, app);
            case "classes/_ConversationMemberInfo" -> new Batch<>(lines, Reading::role).run(store::rules, app);
            case "messages", "patches", "service-messages" ->
                new Batch<>(lines, Reading::message)
                        .ordered(MESSAGE_ORDER)
                        .run(this::messages, app, STEP * stepsAtOnce);
            case "subscriptions" -> new Batch<>(lines, Reading::subscription).run(store::rules, app);
            case "silenced" -> new Batch<>(lines, Reading::silenced).run(store::rules, app);
            case "blacklists" -> new Batch<>(lines, Reading::blocked).run(store::rules, app);
            default -> {
                String className = ClassNames.check(set.substring(set.indexOf('/') + 1));
                yield new Batch<>(lines, line -> Reading.row(app, className, (ObjectNode) line))
                        .run((ofApp, rows) -> rows(ofApp, className, rows), app);
            }
        };
    }

    /// Appending in the order of time is cheaper, and so is reading later.
    private static final Comparator<IncomingMessage> MESSAGE_ORDER = Comparator.comparingLong(
                    IncomingMessage::timestamp)
            .thenComparing(message -> message.id().value());

    /// In steps, several at a time. It does not matter which comes first.
    private List<Outcome> messages(AppId app, List<IncomingMessage> messages) {
        if (stepsAtOnce == 1) return store.messages(app, messages);
        List<Future<List<Outcome>>> steps = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int size = Math.ceilDiv(messages.size(), stepsAtOnce);
            for (int from = 0; from < messages.size(); from += size) {
                List<IncomingMessage> some = messages.subList(from, Math.min(messages.size(), from + size));
                steps.add(threads.submit(() -> store.messages(app, some)));
            }
        }
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        for (Future<List<Outcome>> step : steps) {
            if (step.state() == Future.State.FAILED && step.exceptionNow() instanceof RuntimeException failure)
                throw failure;
            outcomes.addAll(step.resultNow());
        }
        return outcomes;
    }

    private List<Outcome> rows(AppId app, String className, List<Row> rows) {
        Map<String, Row> stored = new HashMap<>();
        for (Row row : records.find(app, className, rows.stream().map(Row::id).toList())) stored.put(row.id(), row);
        Map<String, Row> newest = new TreeMap<>(); // a later line counts
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : rows) {
            Row before = stored.get(row.id());
            boolean newer = before == null || row.updatedAt().isAfter(before.updatedAt());
            if (newer) newest.put(row.id(), row);
            outcomes.add(!newer ? Outcome.KNOWN : before == null ? Outcome.ADDED : Outcome.CHANGED);
        }
        List<Row> left = records.put(newest.values());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (left.stream().anyMatch(other -> other.key().equals(row.key()))) outcomes.set(i, Outcome.TAKEN);
        }
        return outcomes;
    }

    /// See [IntakeStore#settle].
    public void settle(AppId app, Collection<ConversationId> conversations) {
        store.settle(app, conversations);
    }

    /// See [IntakeStore#digests].
    public List<Digest> digests(AppId app, Optional<ConversationId> after, int limit) {
        return store.digests(app, after, limit);
    }

    /// Sums up the rows of a class, in the way of [Digest#addRow].
    public Sum.Value rows(AppId app, String className) {
        Sum sum = new Sum();
        records.visit(app, className, RecordStore.Walk.ALL, row -> {
            Digest.addRow(sum, row);
            return true;
        });
        return sum.value();
    }

    /// A page of a class's rows, whole, by ascending id.
    ///
    /// @param after exclusive
    public List<Row> rows(AppId app, String className, Optional<String> after, int limit) {
        List<Row> page = new ArrayList<>();
        var from = after.map(id -> new RecordStore.Position(Instant.EPOCH, id));
        records.visit(app, ClassNames.check(className), new RecordStore.Walk(RecordStore.By.ID, false, from), row -> {
            page.add(row);
            return page.size() < limit;
        });
        return page;
    }

    /// The classes that have rows.
    public Set<String> classes(AppId app) {
        return records.classes(app).keySet();
    }

    /// See [IntakeStore#isFinished].
    public boolean isFinished(AppId app, String part) {
        return store.isFinished(app, part);
    }

    /// See [IntakeStore#finished].
    public void finished(AppId app, String part) {
        store.finished(app, part);
    }

    /// Lines on their way into the store, with their places.
    private static final class Batch<T> {
        private record Placed<T>(int index, T value) {}

        private final List<Placed<T>> understood = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();

        Batch(List<ObjectNode> lines, Function<ObjectNode, T> reading) {
            for (int i = 0; i < lines.size(); i++) {
                try {
                    understood.add(new Placed<>(i, reading.apply(lines.get(i))));
                } catch (Refusal refusal) {
                    refused.add(new Refused(i, refusal.detail()));
                }
            }
        }

        Batch<T> ordered(Comparator<T> order) {
            understood.sort(Comparator.comparing(Placed::value, order));
            return this;
        }

        Tally run(BiFunction<AppId, List<T>, List<Outcome>> step, AppId app) {
            return run(step, app, STEP);
        }

        Tally run(BiFunction<AppId, List<T>, List<Outcome>> step, AppId app, int size) {
            long[] counts = new long[Outcome.values().length];
            for (int from = 0; from < understood.size(); from += size) {
                List<Placed<T>> some = understood.subList(from, Math.min(understood.size(), from + size));
                List<Outcome> outcomes =
                        step.apply(app, some.stream().map(Placed::value).toList());
                for (int i = 0; i < some.size(); i++) {
                    counts[outcomes.get(i).ordinal()]++;
                    String reason = reason(outcomes.get(i));
                    if (!reason.isEmpty()) refused.add(new Refused(some.get(i).index(), reason));
                }
            }
            return new Tally(
                    counts[Outcome.ADDED.ordinal()],
                    counts[Outcome.CHANGED.ordinal()],
                    counts[Outcome.KNOWN.ordinal()],
                    refused);
        }

        private static String reason(Outcome outcome) {
            return switch (outcome) {
                case ADDED, CHANGED, KNOWN -> "";
                case NO_CONVERSATION -> "there is no such conversation";
                case WRONG_KIND -> "its conversation is of a kind that has none of these";
                case TAKEN -> "another row has the value of one of its unique columns";
            };
        }
    }
}
