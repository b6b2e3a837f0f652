package io.parley.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The newest message of each conversation, as the transaction at hand sees it, and the table that keeps it: written
/// once per conversation and transaction. Owned by the writer's thread.
final class Heads {
    private static final int MAX_KNOWN = 200_000;

    static final class Head {
        private final long conversation;
        private long position;
        private long timestamp;
        private long row;
        private boolean moved;

        private Head(long conversation) {
            this.conversation = conversation;
        }

        /// 0 when there is no message yet.
        long position() {
            return position;
        }

        /// 0 when there is no message yet.
        long timestamp() {
            return timestamp;
        }

        /// 0 when there is no message yet.
        long row() {
            return row;
        }
    }

    private final Map<Long, Head> known = new HashMap<>();
    private final List<Head> moved = new ArrayList<>();

    Head get(Db db, long conversation) throws SQLException {
        Head head = known.get(conversation);
        if (head == null) {
            head = load(db, conversation);
            known.put(conversation, head);
        }
        return head;
    }

    private static Head load(Db db, long conversation) throws SQLException {
        Head head = new Head(conversation);
        db.each(
                "SELECT position, timestamp, row FROM head WHERE conversation = ?",
                found -> {
                    head.position = found.getLong(1);
                    head.timestamp = found.getLong(2);
                    head.row = found.getLong(3);
                    return true;
                },
                conversation);
        return head;
    }

    void advance(Head head, long timestamp, long row) {
        head.position++;
        head.timestamp = timestamp;
        head.row = row;
        changed(head);
    }

    /// The message at `row`, which was not accepted here, is the newest.
    void show(Head head, long timestamp, long row) {
        head.timestamp = Math.max(head.timestamp, timestamp);
        head.row = row;
        changed(head);
    }

    /// There was a later message, which is not kept.
    void raise(Head head, long timestamp) {
        head.timestamp = Math.max(head.timestamp, timestamp);
        changed(head);
    }

    private void changed(Head head) {
        if (head.moved) return;
        head.moved = true;
        moved.add(head);
    }

    /// The message at `row` is gone. Position and time stay: neither is given twice.
    void removed(Db db, long conversation, long row) throws SQLException {
        Head head = get(db, conversation);
        if (head.row != row) return;
        head.row = db.number(
                "SELECT row FROM message WHERE conversation = ? AND row <> ? ORDER BY timestamp DESC, id DESC LIMIT 1",
                conversation,
                row);
        changed(head);
    }

    void write(Db db) throws SQLException {
        if (moved.isEmpty()) return;
        PreparedStatement upsert = db.prepared("""
                INSERT INTO head (conversation, position, timestamp, row) VALUES (?, ?, ?, ?)
                ON CONFLICT (conversation) DO UPDATE
                SET position = excluded.position, timestamp = excluded.timestamp, row = excluded.row""");
        for (Head head : moved) {
            upsert.setLong(1, head.conversation);
            upsert.setLong(2, head.position);
            upsert.setLong(3, head.timestamp);
            upsert.setLong(4, head.row);
            upsert.executeUpdate();
        }
    }

    void committed() {
        for (Head head : moved) head.moved = false;
        moved.clear();
        // Crude, but they come back with one cheap read each.
        if (known.size() > MAX_KNOWN) known.clear();
    }

    void rolledBack() {
        moved.clear();
        known.clear();
    }
}
