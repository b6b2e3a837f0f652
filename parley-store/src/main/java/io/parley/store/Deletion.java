package io.parley.store;

import java.sql.SQLException;
import java.util.List;

/// Deletes a conversation: first it is hidden, in one step, then what belongs to it goes in small ones, between
/// which others write. When the process ends in between, the rest stays, seen by nobody.
final class Deletion {
    private static final int AT_ONCE = 1000;

    private static final List<String> PARTS = List.of(
            "DELETE FROM broadcast WHERE row IN (SELECT row FROM broadcast WHERE conversation = ? LIMIT ?)",
            "DELETE FROM service_client WHERE (conversation, client) IN"
                    + " (SELECT conversation, client FROM service_client WHERE conversation = ? LIMIT ?)",
            "DELETE FROM service_entry WHERE (conversation, client, timestamp, row) IN"
                    + " (SELECT conversation, client, timestamp, row FROM service_entry WHERE conversation = ? LIMIT ?)",
            "DELETE FROM patch WHERE (conversation, patched_at) IN"
                    + " (SELECT conversation, patched_at FROM patch WHERE conversation = ? LIMIT ?)",
            "DELETE FROM message WHERE row IN (SELECT row FROM message WHERE conversation = ? LIMIT ?)");

    private Deletion() {}

    /// The row stays, in no app, so that its number is not given to another conversation: ids of messages hold
    /// it.
    static void hide(Db db, long number) throws SQLException {
        db.update(
                "UPDATE conversation SET app = '', id = number, creator = NULL, attributes = '{}', unique_id = NULL"
                        + " WHERE number = ?",
                number);
        db.update("DELETE FROM member WHERE conversation = ?", number);
        db.update("DELETE FROM member_role WHERE conversation = ?", number);
        db.update("DELETE FROM silenced WHERE conversation = ?", number);
        db.update("DELETE FROM blocked WHERE conversation = ?", number);
        db.update("DELETE FROM silenced_until WHERE conversation = ?", number);
        db.update("DELETE FROM refusal WHERE conversation = ?", number);
    }

    /// Blocks until all is gone.
    static void cleanUp(Writer writer, long number) {
        for (String part : PARTS)
            Housekeeping.repeatWhileFull(
                    AT_ONCE,
                    limit -> writer.run(
                            Step.of("deleting the rest of a conversation", db -> db.update(part, number, limit))));
    }
}
