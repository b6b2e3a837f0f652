package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Messages as rows. Usable on any connection.
final class MessageRows {
    /// Columns that [#map] reads, of a table called `m`.
    static final String COLUMNS = "m.conversation, m.position, m.timestamp, m.id, m.sender, m.receipt, m.delivered_at,"
            + " m.patched_at, m.recalled, m.mentions, m.content, m.address";

    /// How far a search for an imported id of unknown time goes back.
    static final int SCAN_LIMIT = 10_000;

    private MessageRows() {}

    /// @param pending delivery times that are not written yet
    static StoredMessage map(ResultSet row, PendingDeliveries pending) throws SQLException {
        long timestamp = row.getLong(3);
        ClientId sender = new ClientId(row.getString(5));
        long deliveredAt = row.getLong(7);
        return new StoredMessage(
                id(row.getLong(1), timestamp, row.getObject(4)),
                row.getLong(2),
                timestamp,
                sender,
                row.getObject(11) instanceof byte[] bytes
                        ? new Content.Binary(bytes)
                        : new Content.Text(row.getString(11)),
                Json.mentions(row.getString(10)),
                row.getInt(6) == 1,
                row.getLong(8),
                row.getInt(9) == 1,
                deliveredAt > 0 ? deliveredAt : pending.at(timestamp, sender),
                Optional.ofNullable(row.getString(12)));
    }

    static MessageId id(long conversation, long timestamp, Object column) {
        return column instanceof Number random
                ? MessageIds.make(timestamp, conversation, random.intValue())
                : new MessageId((String) column);
    }

    /// An id as the column holds it: the random part, when the id was made for this conversation and time.
    static Object column(MessageId id, long conversation, long timestamp) {
        Optional<MessageIds.Parts> parts = MessageIds.parse(id);
        return parts.isPresent()
                        && parts.get().conversation() == conversation
                        && parts.get().timestamp() == timestamp
                ? (Object) parts.get().random()
                : id.value();
    }

    /// @param row where the message is
    record Located(long row, StoredMessage message) {}

    /// @param timestamp of the message, or 0 when it is not known
    static Optional<Located> find(Db db, long conversation, MessageId id, long timestamp, PendingDeliveries pending)
            throws SQLException {
        Optional<MessageIds.Parts> parts = MessageIds.parse(id);
        // Some SDKs acknowledge transient messages, too: no search for those.
        if (parts.isPresent() && parts.get().conversation() == MessageIds.NOT_STORED) return Optional.empty();
        if (parts.isPresent() && parts.get().conversation() == conversation) {
            if (timestamp != 0 && timestamp != parts.get().timestamp()) return Optional.empty();
            return findAt(db, conversation, id, parts.get().timestamp(), pending);
        }
        return timestamp != 0 ? findAt(db, conversation, id, timestamp, pending) : scan(db, conversation, id, pending);
    }

    private static Optional<Located> findAt(
            Db db, long conversation, MessageId id, long timestamp, PendingDeliveries pending) throws SQLException {
        return db.first(
                "SELECT " + COLUMNS + ", m.row FROM message m WHERE conversation = ? AND timestamp = ? AND id = ?",
                row -> new Located(row.getLong(13), map(row, pending)),
                conversation,
                timestamp,
                column(id, conversation, timestamp));
    }

    private static Optional<Located> scan(Db db, long conversation, MessageId id, PendingDeliveries pending)
            throws SQLException {
        return db.first(
                "SELECT " + COLUMNS + ", m.row FROM (SELECT row AS candidate, id AS candidate_id FROM message"
                        + " WHERE conversation = ? ORDER BY timestamp DESC LIMIT " + SCAN_LIMIT + ")"
                        + " JOIN message m ON m.row = candidate WHERE candidate_id = ? LIMIT 1",
                row -> new Located(row.getLong(13), map(row, pending)),
                conversation,
                id.value());
    }
}
