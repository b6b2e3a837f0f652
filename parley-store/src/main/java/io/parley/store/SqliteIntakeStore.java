package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.intake.Digest;
import io.parley.core.intake.IncomingConversation;
import io.parley.core.intake.IncomingMessage;
import io.parley.core.intake.IncomingRule;
import io.parley.core.intake.IntakeStore;
import io.parley.store.Heads.Head;
import io.parley.store.IncomingConversations.Taken;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What comes from other servers, on SQLite. Thread-safe.
final class SqliteIntakeStore implements IntakeStore {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final DeliveryMarks marks;
    private final Heads heads;
    private final Appender appender;

    SqliteIntakeStore(
            Writer writer,
            Readers readers,
            KnownConversations known,
            DeliveryMarks marks,
            Heads heads,
            Appender appender) {
        this.writer = writer;
        this.readers = readers;
        this.known = known;
        this.marks = marks;
        this.heads = heads;
        this.appender = appender;
    }

    @Override
    public List<Outcome> conversations(AppId app, List<IncomingConversation> conversations) {
        List<Taken> taken = writer.run(Step.of(
                "taking in conversations of app " + app,
                db -> {
                    List<Taken> all = new ArrayList<>();
                    for (IncomingConversation incoming : conversations)
                        all.add(IncomingConversations.take(db, heads, app, incoming));
                    return all;
                },
                result -> result.forEach(this::changed)));
        return taken.stream().map(Taken::outcome).toList();
    }

    private void changed(Taken taken) {
        if (taken.now().isEmpty()) return;
        ConversationKey key = taken.now().get().conversation().key();
        known.changed(taken.now().get());
        marks.membersAdded(key, taken.came(), taken.markedFrom());
        marks.membersRemoved(key, taken.went());
    }

    @Override
    public List<Outcome> messages(AppId app, List<IncomingMessage> messages) {
        return writer.run(Step.of("taking in messages of app " + app, db -> {
            IncomingMessages step = new IncomingMessages(db, app, heads, appender);
            List<Outcome> outcomes = new ArrayList<>(messages.size());
            for (IncomingMessage message : messages) outcomes.add(step.take(message));
            return outcomes;
        }));
    }

    @Override
    public List<Outcome> rules(AppId app, List<IncomingRule> rules) {
        return writer.run(Step.of("taking in rules of app " + app, db -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (IncomingRule rule : rules) outcomes.add(IncomingRules.take(db, app, rule));
            return outcomes;
        }));
    }

    /// @param upTo 0 when nothing was marked
    private record Settled(ConversationKey key, long upTo) {}

    @Override
    public void settle(AppId app, Collection<ConversationId> conversations) {
        writer.run(Step.of(
                "settling conversations of app " + app,
                db -> {
                    List<Settled> all = new ArrayList<>();
                    for (ConversationId id : conversations) all.add(settle(db, new ConversationKey(app, id)));
                    return all;
                },
                result -> result.forEach(settled -> marks.readByAll(settled.key, settled.upTo))));
    }

    private Settled settle(Db db, ConversationKey key) throws SQLException {
        Optional<Place> place = Place.find(db, key);
        if (place.isEmpty()) return new Settled(key, 0);
        Head head = heads.get(db, place.get().number());
        // A position means that somebody has written here: unread counts are in use.
        if (head.timestamp() == 0 || head.position() != 0) return new Settled(key, 0);
        db.update(
                place.get().kind() == Kind.SERVICE
                        ? "UPDATE service_client SET read = max(read, ?1), delivered = max(delivered, ?1)"
                                + " WHERE conversation = ?2"
                        : "UPDATE member SET read = max(read, ?1), delivered = max(delivered, ?1)"
                                + " WHERE conversation = ?2",
                head.timestamp(),
                place.get().number());
        return new Settled(key, head.timestamp());
    }

    /// Where a conversation's rows are.
    record Place(long number, Kind kind) {
        static Optional<Place> find(Db db, ConversationKey key) throws SQLException {
            return db.first(
                    "SELECT number, kind FROM conversation WHERE app = ? AND id = ?",
                    row -> new Place(row.getLong(1), ConversationRows.kind(row.getInt(2))),
                    key.app().value(),
                    key.id().value());
        }
    }

    @Override
    public List<Digest> digests(AppId app, Optional<ConversationId> after, int limit) {
        return readers.read("computing digests of app " + app, db -> DigestQuery.run(db, app, after, limit));
    }

    @Override
    public boolean isFinished(AppId app, String part) {
        return readers.read(
                "looking for a finished part",
                db -> db.number("SELECT count(*) FROM finished_part WHERE app = ? AND part = ?", app.value(), part)
                        > 0);
    }

    @Override
    public void finished(AppId app, String part) {
        writer.run(Step.of(
                "remembering a finished part",
                db -> db.update("INSERT OR IGNORE INTO finished_part (app, part) VALUES (?, ?)", app.value(), part)));
    }
}
