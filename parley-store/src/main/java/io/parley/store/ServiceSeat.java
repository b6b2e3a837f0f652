package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What a client is to a service conversation, and so what it sees there: its own entries and, while it
/// subscribes, those for all subscribers from its subscription on. Made anew for each question.
///
/// @param conversation its number
/// @param joinedAt [Long#MAX_VALUE] when the client does not subscribe
record ServiceSeat(
        long conversation,
        ConversationKey key,
        ClientId client,
        long joinedAt,
        long delivered,
        long read,
        long readAt,
        long pushedOften) {
    /// In the place of the client in entries for all subscribers.
    static final String SUBSCRIBERS = "";

    private static final int LOOKED_THROUGH = 5000;

    private static final String COLUMNS = "c.number, c.id, s.joined_at, s.delivered, s.read, s.read_at, s.pushed_often";

    /// An entry of the view.
    record Entry(long row, long timestamp) {}

    static List<ServiceSeat> all(Db db, ClientKey client) throws SQLException {
        return db.list(
                "SELECT " + COLUMNS + " FROM service_client s CROSS JOIN conversation c"
                        + " ON c.number = s.conversation AND c.app = s.app WHERE s.app = ? AND s.client = ?",
                row -> map(row, client),
                client.app().value(),
                client.client().value());
    }

    static Optional<ServiceSeat> one(Db db, ClientKey client, ConversationId conversation) throws SQLException {
        return db.first(
                "SELECT " + COLUMNS + " FROM conversation c CROSS JOIN service_client s ON s.conversation = c.number"
                        + " WHERE c.app = ? AND c.id = ? AND s.client = ?",
                row -> map(row, client),
                client.app().value(),
                conversation.value(),
                client.client().value());
    }

    private static ServiceSeat map(ResultSet row, ClientKey client) throws SQLException {
        long joinedAt = row.getLong(3);
        boolean joined = !row.wasNull();
        return new ServiceSeat(
                row.getLong(1),
                new ConversationKey(client.app(), new ConversationId(row.getString(2))),
                client.client(),
                joined ? joinedAt : Long.MAX_VALUE,
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    /// The view of a client that is nothing to the conversation yet.
    static ServiceSeat none(long conversation, ConversationKey key, ClientId client) {
        return new ServiceSeat(conversation, key, client, Long.MAX_VALUE, 0, 0, 0, 0);
    }

    /// The entries with timestamps in (after, upTo], the newest first.
    List<Entry> entries(Db db, long after, long upTo, int limit) throws SQLException {
        String part = "SELECT row, timestamp FROM service_entry WHERE conversation = ?1 AND client = %s"
                + " AND timestamp > %s AND timestamp <= ?5 ORDER BY timestamp DESC LIMIT ?6";
        return db.list(
                "SELECT row, timestamp FROM (" + part.formatted("?2", "?3") + ") UNION ALL SELECT row, timestamp FROM ("
                        + part.formatted("'" + SUBSCRIBERS + "'", "?4") + ") ORDER BY timestamp DESC LIMIT ?6",
                row -> new Entry(row.getLong(1), row.getLong(2)),
                conversation,
                client.value(),
                after,
                Math.max(after, joinedAt - 1),
                upTo,
                limit);
    }

    /// Makes sure that the client is something to the conversation. Runs on the writer's thread.
    static void ensure(Db db, String app, long conversation, ClientId client) throws SQLException {
        db.update(
                "INSERT OR IGNORE INTO service_client (conversation, client, app) VALUES (?, ?, ?)",
                conversation,
                client.value(),
                app);
    }

    /// Takes a message out of the view of a client, or of [#SUBSCRIBERS]. Runs on the writer's thread.
    ///
    /// @return whether it was there
    static boolean removeEntry(Db db, long conversation, String client, long timestamp, long row) throws SQLException {
        return db.update(
                        "DELETE FROM service_entry WHERE conversation = ? AND client = ? AND timestamp = ? AND row = ?",
                        conversation,
                        client,
                        timestamp,
                        row)
                > 0;
    }

    /// Takes a message out of the views of those who saw it, as far as they can be found in a short time. Runs on the
    /// writer's thread.
    static void removeEntries(Db db, long conversation, String sender, long timestamp, long row) throws SQLException {
        removeEntry(db, conversation, SUBSCRIBERS, timestamp, row);
        removeEntry(db, conversation, sender, timestamp, row);
        db.update(
                "DELETE FROM service_entry WHERE conversation = ?1 AND timestamp = ?2 AND row = ?3 AND client IN"
                        + " (SELECT client FROM service_client WHERE conversation = ?1 LIMIT " + LOOKED_THROUGH + ")",
                conversation,
                timestamp,
                row);
    }

    /// Runs on the writer's thread.
    ///
    /// @return whether it is new
    static boolean addEntry(Db db, long conversation, String client, long timestamp, long row) throws SQLException {
        return db.update(
                        "INSERT OR IGNORE INTO service_entry (conversation, client, timestamp, row) VALUES (?, ?, ?, ?)",
                        conversation,
                        client,
                        timestamp,
                        row)
                > 0;
    }
}
