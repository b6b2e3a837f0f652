package io.parley.store;

import io.parley.core.command.StoredMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Finds messages by position without an index of positions: in a conversation they rise with the timestamps, which
/// have one. A message that came from another server has no position of its own: it holds the negative of the one
/// before it.
final class PositionQuery {
    private PositionQuery() {}

    private record Point(long position, long timestamp) {}

    /// Messages with positions above `position`, ascending, at most `limit`.
    static List<StoredMessage> after(Db db, long conversation, long position, int limit, PendingDeliveries pending)
            throws SQLException {
        Optional<Point> head = db.first(
                "SELECT position, timestamp FROM head WHERE conversation = ?",
                row -> new Point(row.getLong(1), row.getLong(2)),
                conversation);
        if (head.isEmpty() || head.get().position <= position) return List.of();
        long from = position <= 0 ? 0 : firstTimestampAfter(db, conversation, position, head.get());
        return db.list(
                "SELECT " + MessageRows.COLUMNS + " FROM message m WHERE conversation = ? AND timestamp >= ?"
                        + " AND position > ? ORDER BY timestamp, id LIMIT ?",
                row -> MessageRows.map(row, pending),
                conversation,
                from,
                position,
                limit);
    }

    /// Binary search over time: some thirty probes for the longest conversation, few for what is near the head.
    private static long firstTimestampAfter(Db db, long conversation, long position, Point head) throws SQLException {
        long high = head.timestamp; // the first message at or after it has a position above
        long step = 1;
        long low = high - step;
        // Near the head is where callers look: widen from there.
        while (low > 0 && positionAt(db, conversation, low) > position) {
            high = low;
            step *= 4;
            low = Math.max(0, low - step);
        }
        // The first message at or after `low` is not above the position; that of `high` is.
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (positionAt(db, conversation, middle) > position) high = middle;
            else low = middle;
        }
        return high;
    }

    private static long positionAt(Db db, long conversation, long timestamp) throws SQLException {
        return db.number(
                "SELECT abs(position) FROM message WHERE conversation = ? AND timestamp >= ? ORDER BY timestamp LIMIT 1",
                conversation,
                timestamp);
    }
}
