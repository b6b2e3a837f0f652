package io.parley.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Temporary conversations that are over, and their removal with all that belongs to them. For the writer's thread.
final class ExpiredConversations {
    /// Kept a little longer, so that nothing that is still on its way meets a hole.
    static final Duration KEPT = Duration.ofDays(1);

    private static final List<String> BELONGINGS = List.of(
            "DELETE FROM message WHERE conversation = ?",
            "DELETE FROM head WHERE conversation = ?",
            "DELETE FROM patch WHERE conversation = ?",
            "DELETE FROM member WHERE conversation = ?",
            "DELETE FROM member_role WHERE conversation = ?",
            "DELETE FROM silenced WHERE conversation = ?",
            "DELETE FROM blocked WHERE conversation = ?",
            "DELETE FROM conversation WHERE number = ?");

    private ExpiredConversations() {}

    /// Deletes at most `limit` of them. The newest conversation of the store stays, whatever it is: SQLite would give
    /// its number to the next one, and numbers must never come back.
    ///
    /// @param now milliseconds since the epoch
    /// @return how many were deleted
    static int delete(Db db, long now, int limit) throws SQLException {
        List<Long> numbers = db.list(
                "SELECT number FROM conversation WHERE expires_at < ?"
                        + " AND number < (SELECT max(number) FROM conversation) LIMIT ?",
                row -> row.getLong(1),
                now - KEPT.toMillis(),
                limit);
        for (long number : numbers) for (String sql : BELONGINGS) db.update(sql, number);
        return numbers.size();
    }
}
