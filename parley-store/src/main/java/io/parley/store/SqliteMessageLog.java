package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.MessagesPatched.Patched;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply.Surveyed.Located;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Appended;
import io.parley.core.message.Draft;
import io.parley.core.message.HistoryRange;
import io.parley.core.message.MessageLog;
import io.parley.store.Appender.Place;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The message log on SQLite. Thread-safe.
final class SqliteMessageLog implements MessageLog {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final DeliveryMarks marks;
    private final Appender appender;
    private final Heads heads;
    private final Patches patches;
    private final Clock clock;

    SqliteMessageLog(
            Writer writer,
            Readers readers,
            KnownConversations known,
            DeliveryMarks marks,
            Appender appender,
            Heads heads,
            Patches patches,
            Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.known = known;
        this.marks = marks;
        this.appender = appender;
        this.heads = heads;
        this.patches = patches;
        this.clock = clock;
    }

    @Override
    public Appended append(Draft draft) {
        ConversationKey key = draft.conversation();
        long conversation = known.find(key)
                .map(Numbered::number)
                .orElseThrow(() ->
                        Refusal.of(ErrorCode.CONVERSATION_NOT_FOUND, "there is no conversation \"%s\"", key.id()));
        Place place = writer.run(appender.new Append(draft, conversation));
        MessageId id = MessageIds.make(place.timestamp(), conversation, place.id());
        StoredMessage message = new StoredMessage(
                id,
                place.position(),
                place.timestamp(),
                draft.from(),
                draft.content(),
                draft.mentions(),
                draft.receipt(),
                0,
                false,
                0,
                draft.address());
        // A repeated message as it is by now: it may have been edited, or delivered, or is just being deleted.
        return place.duplicate()
                ? new Appended(find(key, id, place.timestamp()).orElse(message), true)
                : new Appended(message, false);
    }

    @Override
    public Ticket ticket(ConversationKey conversation) {
        long now = clock.millis();
        int random = ThreadLocalRandom.current().nextInt();
        return new Ticket(MessageIds.make(now, MessageIds.NOT_STORED, random), now);
    }

    @Override
    public long head(ConversationKey key) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return 0;
        return readers.read(
                "reading the head of " + key,
                db -> db.number(
                        "SELECT position FROM head WHERE conversation = ?",
                        conversation.get().number()));
    }

    @Override
    public List<StoredMessage> after(ConversationKey key, long position, int limit) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty() || limit <= 0) return List.of();
        PendingDeliveries pending = marks.pending(key);
        return readers.read(
                "reading messages of " + key + " after position " + position,
                db -> PositionQuery.after(db, conversation.get().number(), position, limit, pending));
    }

    @Override
    public Optional<StoredMessage> find(ConversationKey key, MessageId id, long timestamp) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return Optional.empty();
        PendingDeliveries pending = marks.pending(key);
        return readers.read(
                "looking for message " + id + " of " + key,
                db -> MessageRows.find(db, conversation.get().number(), id, timestamp, pending)
                        .map(MessageRows.Located::message));
    }

    @Override
    public Optional<ConversationKey> conversationOf(AppId app, MessageId id) {
        return MessageIds.parse(id)
                .filter(parts -> parts.conversation() != MessageIds.NOT_STORED)
                .flatMap(parts -> readers.read(
                        "looking for the conversation of message " + id,
                        db -> db.first(
                                "SELECT id FROM conversation WHERE number = ? AND app = ?",
                                row -> new ConversationKey(app, new ConversationId(row.getString(1))),
                                parts.conversation(),
                                app.value())));
    }

    @Override
    public long timestampOf(ConversationKey key, MessageId id) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return 0;
        return MessageIds.parse(id)
                .filter(parts -> parts.conversation() == conversation.get().number())
                .map(MessageIds.Parts::timestamp)
                .orElseGet(() -> MessageLog.super.timestampOf(key, id));
    }

    @Override
    public List<StoredMessage> history(ConversationKey key, HistoryRange range) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return List.of();
        PendingDeliveries pending = marks.pending(key);
        return readers.read(
                "reading the history of " + key,
                db -> HistoryQuery.run(db, key, conversation.get().number(), range, pending));
    }

    @Override
    public Map<ConversationId, StoredMessage> last(AppId app, Collection<ConversationId> conversations) {
        Map<ConversationId, PendingDeliveries> pending = new HashMap<>();
        for (ConversationId id : conversations) pending.put(id, marks.pending(new ConversationKey(app, id)));
        return readers.read("reading last messages of app " + app, db -> {
            Map<ConversationId, StoredMessage> last = new LinkedHashMap<>();
            for (var entry : pending.entrySet()) {
                db.first(
                                "SELECT " + MessageRows.COLUMNS + " FROM conversation c"
                                        + " JOIN head h ON h.conversation = c.number JOIN message m ON m.row = h.row"
                                        + " WHERE c.app = ? AND c.id = ?",
                                row -> MessageRows.map(row, entry.getValue()),
                                app.value(),
                                entry.getKey().value())
                        .ifPresent(message -> last.put(entry.getKey(), message));
            }
            return last;
        });
    }

    @Override
    public List<StoredMessage> receiptRequests(ConversationKey key, ClientId reader, long after, long upTo) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return List.of();
        PendingDeliveries pending = marks.pending(key);
        return readers.read(
                "reading receipt requests of " + key,
                db -> db.list(
                        "SELECT " + MessageRows.COLUMNS + " FROM message m WHERE conversation = ? AND receipt = 1"
                                + " AND timestamp > ? AND timestamp <= ? AND sender <> ? ORDER BY timestamp, id",
                        row -> MessageRows.map(row, pending),
                        conversation.get().number(),
                        after,
                        upTo,
                        reader.value()));
    }

    @Override
    public long lastReceiptRequest(ConversationKey key) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return 0;
        return readers.read(
                "reading the last receipt request of " + key,
                db -> db.number(
                        "SELECT max(timestamp) FROM message WHERE conversation = ? AND receipt = 1",
                        conversation.get().number()));
    }

    @Override
    public Optional<StoredMessage> patch(
            ConversationKey key,
            MessageId id,
            long timestamp,
            Content content,
            Optional<Mentions> mentions,
            boolean recalled) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return Optional.empty();
        PendingDeliveries pending = marks.pending(key);
        return writer.run(Step.of("changing message " + id + " of " + key, db -> {
            long number = conversation.get().number();
            var found = MessageRows.find(db, number, id, timestamp, pending);
            if (found.isEmpty()) return Optional.empty();
            return Optional.of(patches.apply(db, number, found.get(), content, mentions, recalled));
        }));
    }

    @Override
    public boolean replace(ConversationKey key, MessageId id, long timestamp, Content content) {
        return changeRow(key, id, timestamp, "replacing", (db, number, row) -> {
            db.update(
                    "UPDATE message SET content = ? WHERE row = ?",
                    switch (content) {
                        case Content.Text text -> text.value();
                        case Content.Binary binary -> binary.value();
                    },
                    row.row());
        });
    }

    @Override
    public boolean delete(ConversationKey key, MessageId id, long timestamp) {
        return changeRow(key, id, timestamp, "deleting", (db, number, found) -> {
            long row = found.row();
            heads.removed(db, number, row);
            db.update("DELETE FROM message WHERE row = ?", row);
            db.update(
                    "DELETE FROM patch WHERE conversation = ? AND patched_at = ?",
                    number,
                    found.message().patchedAt());
            db.update("DELETE FROM broadcast WHERE row = ?", row);
            ServiceSeat.removeEntries(
                    db, number, found.message().from().value(), found.message().timestamp(), row);
            db.update(
                    "INSERT INTO given_row (only, value) VALUES (1, ?)"
                            + " ON CONFLICT (only) DO UPDATE SET value = max(value, excluded.value)",
                    row);
        });
    }

    private interface RowChange {
        void apply(Db db, long conversation, MessageRows.Located found) throws SQLException;
    }

    private boolean changeRow(ConversationKey key, MessageId id, long timestamp, String doing, RowChange change) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return false;
        long number = conversation.get().number();
        return writer.run(Step.of(doing + " message " + id + " of " + key, db -> {
            var found = MessageRows.find(db, number, id, timestamp, PendingDeliveries.NONE);
            if (found.isEmpty()) return false;
            change.apply(db, number, found.get());
            return true;
        }));
    }

    @Override
    public List<Located> survey(AppId app, Optional<ClientId> from, HistoryRange range) {
        return readers.read("reading messages of app " + app, db -> SurveyQuery.run(db, app, from, range));
    }

    @Override
    public List<Patched> patchesSince(ClientKey client, long since, int limit) {
        if (limit <= 0) return List.of();
        List<Patched> newestFirst = readers.read(
                "reading patches for " + client, db -> patches.since(db, client, since, limit, marks::pending));
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
