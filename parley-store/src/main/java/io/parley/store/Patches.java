package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.MessagesPatched.Patched;
import io.parley.core.command.Mentions;
import io.parley.core.command.StoredMessage;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Edits and recalls. The message itself is replaced in place; a small table tells for some days which messages
/// changed when. Source: semantics 6.8.
final class Patches {
    static final Duration KEPT = Duration.ofDays(7);

    private final Clock clock;
    private long newest; // owned by the writer's thread

    /// @param newest `patchedAt` of the newest patch that the database holds
    Patches(Clock clock, long newest) {
        this.clock = clock;
        this.newest = newest;
    }

    static long newest(Db db) throws SQLException {
        return db.number("SELECT max(patched_at) FROM patch");
    }

    /// Runs on the writer's thread.
    StoredMessage apply(
            Db db,
            long conversation,
            MessageRows.Located found,
            Content content,
            Optional<Mentions> mentions,
            boolean recalled)
            throws SQLException {
        StoredMessage before = found.message();
        newest = Math.max(clock.millis(), newest + 1);
        StoredMessage after = new StoredMessage(
                before.id(),
                before.position(),
                before.timestamp(),
                before.from(),
                content,
                mentions.orElse(before.mentions()),
                before.receipt(),
                newest,
                recalled,
                before.deliveredAt(),
                before.address());
        db.update(
                "UPDATE message SET content = ?, mentions = ?, patched_at = ?, recalled = ? WHERE row = ?",
                switch (content) {
                    case Content.Text text -> text.value();
                    case Content.Binary binary -> binary.value();
                },
                Json.text(after.mentions()),
                newest,
                recalled ? 1 : null,
                found.row());
        // Only the last change of a message is of interest.
        db.update("DELETE FROM patch WHERE conversation = ? AND patched_at = ?", conversation, before.patchedAt());
        db.update(
                "INSERT INTO patch (conversation, patched_at, row) VALUES (?, ?, ?)",
                conversation,
                newest,
                found.row());
        return after;
    }

    /// The newest ones first.
    List<Patched> since(
            Db db, ClientKey client, long since, int limit, Function<ConversationKey, PendingDeliveries> pending)
            throws SQLException {
        AppId app = client.app();
        List<Patched> ofServices = ofServices(db, client, since, limit);
        List<Patched> ofMembers = db.list(
                "SELECT " + MessageRows.COLUMNS + ", c.id FROM member CROSS JOIN patch p"
                        + " ON p.conversation = member.conversation AND p.patched_at > ?"
                        + " CROSS JOIN message m ON m.row = p.row CROSS JOIN conversation c ON c.number = m.conversation"
                        + " WHERE member.app = ? AND member.client = ? ORDER BY p.patched_at DESC LIMIT ?",
                row -> {
                    ConversationId id = new ConversationId(row.getString(13));
                    return new Patched(id, MessageRows.map(row, pending.apply(new ConversationKey(app, id))));
                },
                since,
                app.value(),
                client.client().value(),
                limit);
        if (ofServices.isEmpty()) return ofMembers;
        List<Patched> all = new ArrayList<>(ofMembers);
        all.addAll(ofServices);
        all.sort(Comparator.comparingLong((Patched one) -> one.message().patchedAt())
                .reversed());
        return new ArrayList<>(all.subList(0, Math.min(limit, all.size())));
    }

    /// Of messages that the client sees; but of broadcasts nobody is told who has received them. Source:
    /// semantics 4.4.
    private static List<Patched> ofServices(Db db, ClientKey client, long since, int limit) throws SQLException {
        return db.list(
                "SELECT " + MessageRows.COLUMNS + ", c.id FROM service_client s CROSS JOIN patch p"
                        + " ON p.conversation = s.conversation AND p.patched_at > ?"
                        + " CROSS JOIN message m ON m.row = p.row CROSS JOIN conversation c ON c.number = m.conversation"
                        + " WHERE s.app = ? AND s.client = ?"
                        + " AND EXISTS (SELECT 1 FROM service_entry e WHERE e.conversation = s.conversation"
                        + " AND (e.client = s.client OR e.client = '' AND e.timestamp >= s.joined_at)"
                        + " AND e.timestamp = m.timestamp AND e.row = m.row)"
                        + " AND NOT EXISTS (SELECT 1 FROM broadcast b WHERE b.row = m.row)"
                        + " ORDER BY p.patched_at DESC LIMIT ?",
                row -> new Patched(new ConversationId(row.getString(13)), MessageRows.map(row, PendingDeliveries.NONE)),
                since,
                client.app().value(),
                client.client().value(),
                limit);
    }

    /// Forgets what is older than [#KEPT]. Runs on the writer's thread.
    ///
    /// @return how many were forgotten, at most `limit`
    int trim(Db db, int limit) throws SQLException {
        return db.update(
                "DELETE FROM patch WHERE (conversation, patched_at) IN (SELECT conversation, patched_at FROM patch"
                        + " WHERE patched_at < ? LIMIT ?)",
                clock.millis() - KEPT.toMillis(),
                limit);
    }
}
