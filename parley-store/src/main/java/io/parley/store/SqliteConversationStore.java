package io.parley.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.ConversationStore;
import io.parley.core.outbox.Job;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Conversations on SQLite. Thread-safe.
final class SqliteConversationStore implements ConversationStore {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final DeliveryMarks marks;
    private final Heads heads;
    private final Clock clock;
    private final SqliteOutbox.Announcer outbox;

    SqliteConversationStore(
            Writer writer,
            Readers readers,
            KnownConversations known,
            DeliveryMarks marks,
            Heads heads,
            Clock clock,
            SqliteOutbox.Announcer outbox) {
        this.outbox = outbox;
        this.writer = writer;
        this.readers = readers;
        this.known = known;
        this.marks = marks;
        this.heads = heads;
        this.clock = clock;
    }

    @Override
    public Created create(NewConversation made, List<Job> jobs) {
        // Most requests for a unique conversation find it: those need not wait for the writer.
        Optional<Numbered> there = readers.read("looking for " + made.key(), db -> existing(db, made));
        if (there.isPresent()) return new Created(there.get().conversation(), true);
        record Outcome(Numbered numbered, boolean existing) {}
        Outcome outcome = writer.run(Step.of(
                "creating conversation " + made.key(),
                db -> {
                    Optional<Numbered> existing = existing(db, made);
                    if (existing.isPresent()) return new Outcome(existing.get(), true);
                    ConversationRows.insert(db, made);
                    OutboxRows.add(db, jobs, clock.millis());
                    return new Outcome(get(db, made.key()), false);
                },
                result -> {
                    known.changed(result.numbered);
                    if (!result.existing) outbox.added(jobs);
                }));
        return new Created(outcome.numbered.conversation(), outcome.existing);
    }

    private Optional<Numbered> existing(Db db, NewConversation made) throws SQLException {
        if (made.uniqueId().isEmpty()) return Optional.empty();
        return ConversationRows.findUnique(
                db, made.key().app(), made.kind(), made.uniqueId().get(), made.members(), clock.millis());
    }

    private static Numbered get(Db db, ConversationKey key) throws SQLException {
        return ConversationRows.find(db, key)
                .orElseThrow(() -> new IllegalStateException("conversation " + key + " was just written"));
    }

    @Override
    public Optional<Conversation> find(ConversationKey key) {
        return known.find(key).map(Numbered::conversation);
    }

    /// @param markedFrom where the marks of added members start
    private record Changed(Numbered now, List<ClientId> clients, boolean full, long markedFrom, List<Job> jobs) {
        MembersChange result() {
            return new MembersChange(clients, now.conversation(), full);
        }
    }

    @Override
    public Optional<MembersChange> addMembers(
            ConversationKey key, List<ClientId> clients, int limit, Function<List<ClientId>, List<Job>> jobs) {
        Optional<Changed> change = writer.run(Step.of(
                "adding members to " + key,
                db -> add(db, key, clients, limit, jobs),
                result -> result.ifPresent(added -> {
                    known.changed(added.now);
                    marks.membersAdded(key, added.clients, added.markedFrom);
                    outbox.added(added.jobs);
                })));
        return change.map(Changed::result);
    }

    private Optional<Changed> add(
            Db db, ConversationKey key, List<ClientId> clients, int limit, Function<List<ClientId>, List<Job>> jobs)
            throws SQLException {
        Optional<Numbered> found = ConversationRows.find(db, key);
        if (found.isEmpty()) return Optional.empty();
        Numbered before = found.get();
        Set<ClientId> all = new LinkedHashSet<>(before.conversation().members());
        List<ClientId> added = clients.stream().filter(all::add).toList();
        boolean full = !added.isEmpty() && all.size() > limit;
        if (added.isEmpty() || full) return Optional.of(new Changed(before, List.of(), full, 0, List.of()));
        long number = before.number();
        long head = heads.get(db, number).timestamp();
        ConversationRows.insertMembers(db, key.app(), number, added, ConversationRows.nextOrdinal(db, number), head);
        List<Job> due = followUps(db, added, jobs);
        return Optional.of(new Changed(touch(db, before, all), added, false, head, due));
    }

    private List<Job> followUps(Db db, List<ClientId> clients, Function<List<ClientId>, List<Job>> jobs)
            throws SQLException {
        List<Job> due = jobs.apply(clients);
        OutboxRows.add(db, due, clock.millis());
        return due;
    }

    @Override
    public Optional<MembersChange> removeMembers(
            ConversationKey key, List<ClientId> clients, Function<List<ClientId>, List<Job>> jobs) {
        Optional<Changed> change = writer.run(Step.of(
                "removing members from " + key,
                db -> remove(db, key, clients, jobs),
                result -> result.ifPresent(removed -> {
                    known.changed(removed.now);
                    marks.membersRemoved(key, removed.clients);
                    outbox.added(removed.jobs);
                })));
        return change.map(Changed::result);
    }

    private Optional<Changed> remove(
            Db db, ConversationKey key, List<ClientId> clients, Function<List<ClientId>, List<Job>> jobs)
            throws SQLException {
        Optional<Numbered> found = ConversationRows.find(db, key);
        if (found.isEmpty()) return Optional.empty();
        Numbered before = found.get();
        Set<ClientId> left = new LinkedHashSet<>(before.conversation().members());
        List<ClientId> removed = clients.stream().filter(left::remove).toList();
        if (removed.isEmpty()) return Optional.of(new Changed(before, removed, false, 0, List.of()));
        for (ClientId client : removed) {
            db.update("DELETE FROM member WHERE conversation = ? AND client = ?", before.number(), client.value());
            db.update("DELETE FROM member_role WHERE conversation = ? AND client = ?", before.number(), client.value());
        }
        List<Job> due = followUps(db, removed, jobs);
        return Optional.of(new Changed(touch(db, before, left), removed, false, 0, due));
    }

    @Override
    public Optional<Conversation> mute(ConversationKey key, ClientId client, boolean muted) {
        return changeRow(key, "muting " + key, (db, before) -> {
            db.update(
                    "UPDATE member SET muted = ? WHERE conversation = ? AND client = ?",
                    muted ? 1 : 0,
                    before.number(),
                    client.value());
        });
    }

    @Override
    public Optional<Conversation> update(ConversationKey key, UnaryOperator<ObjectNode> change) {
        return changeRow(key, "changing attributes of " + key, (db, before) -> {
            // A copy, because `before` may become, or already be, a snapshot that others see.
            ObjectNode after = change.apply(before.conversation().attributes().deepCopy());
            db.update("UPDATE conversation SET attributes = ? WHERE number = ?", after.toString(), before.number());
        });
    }

    private interface RowChange {
        void apply(Db db, Numbered before) throws SQLException;
    }

    private Optional<Conversation> changeRow(ConversationKey key, String doing, RowChange change) {
        Optional<Numbered> now = writer.run(Step.of(
                doing,
                db -> {
                    Optional<Numbered> found = ConversationRows.find(db, key);
                    if (found.isEmpty()) return found;
                    change.apply(db, found.get());
                    return Optional.of(
                            touch(db, found.get(), found.get().conversation().members()));
                },
                result -> result.ifPresent(known::changed)));
        return now.map(Numbered::conversation);
    }

    /// Moves `updatedAt`, and the digest with the members, and reads the conversation as it is then.
    private Numbered touch(Db db, Numbered before, Set<ClientId> members) throws SQLException {
        Conversation conversation = before.conversation();
        long now = clock.millis();
        Optional<String> uniqueId = members.equals(conversation.members())
                ? conversation.uniqueId()
                : ConversationRows.uniqueIdAfter(db, conversation, members, now);
        long updatedAt = Math.max(now, conversation.updatedAt().toEpochMilli() + 1);
        ConversationRows.touch(db, before.number(), uniqueId, updatedAt);
        return get(db, conversation.key());
    }

    private static final String IDLE = " c.expires_at IS NULL AND c.updated_at < ? AND NOT EXISTS"
            + " (SELECT 1 FROM head h WHERE h.conversation = c.number AND h.timestamp >= ?)";

    @Override
    public List<ConversationKey> idle(AppId app, Instant since, int limit) {
        return readers.read(
                "looking for idle conversations of " + app,
                db -> db.list(
                        "SELECT c.id FROM conversation c WHERE c.app = ? AND" + IDLE + " LIMIT ?",
                        row -> new ConversationKey(app, new ConversationId(row.getString(1))),
                        app.value(),
                        since.toEpochMilli(),
                        since.toEpochMilli(),
                        limit));
    }

    @Override
    public boolean deleteIdle(ConversationKey key, Instant since) {
        return delete(
                key,
                (db, number) -> db.number(
                                "SELECT count(*) FROM conversation c WHERE c.number = ? AND" + IDLE,
                                number,
                                since.toEpochMilli(),
                                since.toEpochMilli())
                        == 1);
    }

    @Override
    public boolean delete(ConversationKey key) {
        return delete(key, (db, number) -> true);
    }

    private interface Condition {
        boolean holds(Db db, long number) throws SQLException;
    }

    private boolean delete(ConversationKey key, Condition condition) {
        Optional<Numbered> deleted = writer.run(Step.of(
                "deleting conversation " + key,
                db -> {
                    Optional<Numbered> found = ConversationRows.find(db, key);
                    if (found.isEmpty() || !condition.holds(db, found.get().number()))
                        return Optional.<Numbered>empty();
                    Deletion.hide(db, found.get().number());
                    return found;
                },
                result -> result.ifPresent(gone -> {
                    known.deleted(key);
                    marks.membersRemoved(key, gone.conversation().members());
                })));
        deleted.ifPresent(gone -> Deletion.cleanUp(writer, gone.number()));
        return deleted.isPresent();
    }

    @Override
    public void visit(AppId app, Candidates candidates, Predicate<Found> visitor) {
        ConversationPages pages = ConversationPages.of(app, candidates);
        List<Found> page;
        do {
            page = readers.read("searching conversations of app " + app, pages::next);
            for (Found found : page) if (!visitor.test(found)) return;
        } while (!page.isEmpty());
    }
}
