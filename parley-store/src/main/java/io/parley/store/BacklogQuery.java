package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import io.parley.core.receipt.CursorStore.Backlog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Messages that a client has not acknowledged. Source: semantics 7.4, legacy-json 14.
final class BacklogQuery {
    /// So many messages after the mark are looked at, the newest first; own ones count.
    private static final int SCAN_LIMIT = 10_000;

    private BacklogQuery() {}

    /// @param pushedOften what is not newer was pushed three times
    record Candidate(long number, ConversationId conversation, Kind kind, long pushedOften) {}

    /// Conversations with something after the mark that the database has; the one with the newest message first.
    static List<Candidate> candidates(Db db, ClientKey client, long now) throws SQLException {
        return db.list(
                "SELECT c.number, c.id, c.kind, m.pushed_often FROM member m"
                        + " CROSS JOIN head h ON h.conversation = m.conversation"
                        + " CROSS JOIN conversation c ON c.number = m.conversation"
                        + " WHERE m.app = ? AND m.client = ? AND (c.expires_at IS NULL OR c.expires_at > ?)"
                        + " AND h.timestamp > max(m.delivered, m.read, m.pushed_often) ORDER BY h.timestamp DESC",
                row -> new Candidate(
                        row.getLong(1),
                        new ConversationId(row.getString(2)),
                        ConversationRows.kind(row.getInt(3)),
                        row.getLong(4)),
                client.app().value(),
                client.client().value(),
                now);
    }

    /// The same for a service conversation, by what the client sees of it.
    static Optional<Backlog> ofService(Db db, ServiceSeat seat, long deliveredUpTo, int maxMessages)
            throws SQLException {
        long after = Math.max(Math.max(deliveredUpTo, seat.delivered()), Math.max(seat.read(), seat.pushedOften()));
        List<StoredMessage> newestFirst = new ArrayList<>();
        for (ServiceSeat.Entry entry : seat.entries(db, after, Long.MAX_VALUE, SCAN_LIMIT)) {
            if (newestFirst.size() > maxMessages) break;
            db.first(
                            "SELECT " + MessageRows.COLUMNS + " FROM message m WHERE row = ? AND sender <> ?",
                            row -> MessageRows.map(row, PendingDeliveries.NONE),
                            entry.row(),
                            seat.client().value())
                    .ifPresent(newestFirst::add);
        }
        return backlog(seat.key().id(), Kind.SERVICE, newestFirst, maxMessages);
    }

    /// @param deliveredUpTo the client's delivery mark
    static Optional<Backlog> messages(
            Db db, ClientId client, Candidate candidate, long deliveredUpTo, int maxMessages, PendingDeliveries pending)
            throws SQLException {
        List<StoredMessage> newestFirst = new ArrayList<>(db.list(
                "SELECT " + MessageRows.COLUMNS + " FROM (SELECT row, sender FROM message WHERE conversation = ?"
                        + " AND timestamp > ? ORDER BY timestamp DESC LIMIT " + SCAN_LIMIT + ") found"
                        + " CROSS JOIN message m ON m.row = found.row WHERE found.sender <> ? LIMIT ?",
                row -> MessageRows.map(row, pending),
                candidate.number,
                Math.max(deliveredUpTo, candidate.pushedOften),
                client.value(),
                maxMessages + 1)); // one more tells whether there are more
        return backlog(candidate.conversation, candidate.kind, newestFirst, maxMessages);
    }

    private static Optional<Backlog> backlog(
            ConversationId conversation, Kind kind, List<StoredMessage> newestFirst, int maxMessages) {
        boolean hasMore = newestFirst.size() > maxMessages;
        if (hasMore) newestFirst.removeLast();
        if (newestFirst.isEmpty()) return Optional.empty();
        Collections.reverse(newestFirst);
        return Optional.of(new Backlog(conversation, kind, newestFirst, hasMore));
    }
}
