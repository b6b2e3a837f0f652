package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.intake.IncomingMessage;
import io.parley.core.intake.IntakeStore.Outcome;
import io.parley.store.Heads.Head;
import io.parley.store.SqliteIntakeStore.Place;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Adds messages of other servers: one step's worth. Runs on the writer's thread.
final class IncomingMessages {
    private final Db db;
    private final AppId app;
    private final Heads heads;
    private final Appender appender;
    private final Map<ConversationId, Optional<Target>> targets = new HashMap<>();

    IncomingMessages(Db db, AppId app, Heads heads, Appender appender) {
        this.db = db;
        this.app = app;
        this.heads = heads;
        this.appender = appender;
    }

    private static final class Target {
        private final long number;
        private final Kind kind;
        private final Head head;
        private long newest; // timestamp of the newest message that is there; the head's may be later

        private Target(Place place, Head head, long newest) {
            number = place.number();
            kind = place.kind();
            this.head = head;
            this.newest = newest;
        }
    }

    private Optional<Target> target(ConversationId id) throws SQLException {
        Optional<Target> target = targets.get(id);
        if (target == null) {
            target = find(id);
            targets.put(id, target);
        }
        return target;
    }

    private Optional<Target> find(ConversationId id) throws SQLException {
        Optional<Place> place = Place.find(db, new ConversationKey(app, id));
        if (place.isEmpty()) return Optional.empty();
        Head head = heads.get(db, place.get().number());
        long newest = head.row() == 0 ? 0 : db.number("SELECT timestamp FROM message WHERE row = ?", head.row());
        return Optional.of(new Target(place.get(), head, newest));
    }

    Outcome take(IncomingMessage message) throws SQLException {
        Optional<Target> found = target(message.conversation());
        if (found.isEmpty()) return Outcome.NO_CONVERSATION;
        Target target = found.get();
        if (message.seenBy().isPresent() && target.kind != Kind.SERVICE) return Outcome.WRONG_KIND;
        Object id = MessageRows.column(message.id(), target.number, message.timestamp());
        Optional<Stored> stored =
                message.timestamp() > target.newest ? Optional.empty() : stored(target.number, message, id);
        if (stored.isEmpty()) {
            long row = insert(target, message, id);
            show(target, message, row);
            return Outcome.ADDED;
        }
        boolean shown = show(target, message, stored.get().row);
        boolean changed = change(stored.get(), message);
        return shown || changed ? Outcome.CHANGED : Outcome.KNOWN;
    }

    private record Stored(long row, Object content, long patchedAt) {}

    private Optional<Stored> stored(long conversation, IncomingMessage message, Object id) throws SQLException {
        return db.first(
                "SELECT row, content, patched_at FROM message WHERE conversation = ? AND timestamp = ? AND id = ?",
                row -> new Stored(row.getLong(1), row.getObject(2), row.getLong(3)),
                conversation,
                message.timestamp(),
                id);
    }

    private long insert(Target target, IncomingMessage message, Object id) throws SQLException {
        long row = appender.takeRow();
        db.update(
                "INSERT INTO message (row, conversation, position, timestamp, id, sender, delivered_at, content,"
                        + " patched_at, recalled, mentions, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
                target.number,
                position(target, message.timestamp()),
                message.timestamp(),
                id,
                message.from().value(),
                message.deliveredAt() > 0 ? message.deliveredAt() : -message.timestamp(),
                value(message.content()),
                message.patchedAt() > 0 ? message.patchedAt() : null,
                message.recalled() ? 1 : null,
                Json.text(message.mentions()),
                message.address().orElse(null));
        if (message.timestamp() >= target.newest) {
            target.newest = message.timestamp();
            heads.show(target.head, message.timestamp(), row);
        }
        return row;
    }

    private static Object value(Content content) {
        return switch (content) {
            case Content.Text text -> text.value();
            case Content.Binary binary -> binary.value();
        };
    }

    /// The negative of that of the newest message accepted here that is not younger. So nobody is handed what has no
    /// position of its own, and without their signs positions still never fall with time.
    private long position(Target target, long timestamp) throws SQLException {
        if (target.head.position() == 0) return 0;
        return -db.number(
                "SELECT abs(position) FROM message WHERE conversation = ? AND timestamp <= ? ORDER BY timestamp DESC LIMIT 1",
                target.number,
                timestamp);
    }

    /// Lets one client of a service conversation see the message.
    private boolean show(Target target, IncomingMessage message, long row) throws SQLException {
        if (message.seenBy().isEmpty()) return false;
        ServiceSeat.ensure(db, app.value(), target.number, message.seenBy().get());
        return ServiceSeat.addEntry(db, target.number, message.seenBy().get().value(), message.timestamp(), row);
    }

    /// What was edited here stays, unless it was edited there later.
    private boolean change(Stored stored, IncomingMessage message) throws SQLException {
        Object content = value(message.content());
        boolean same = content instanceof byte[] bytes
                ? stored.content instanceof byte[] other && java.util.Arrays.equals(bytes, other)
                : content.equals(stored.content);
        if (same || (stored.patchedAt != 0 && message.patchedAt() <= stored.patchedAt)) return false;
        db.update(
                "UPDATE message SET content = ?, recalled = ?, patched_at = ? WHERE row = ?",
                content,
                message.recalled() ? 1 : null,
                message.patchedAt() > 0 ? message.patchedAt() : null,
                stored.row);
        return true;
    }
}
