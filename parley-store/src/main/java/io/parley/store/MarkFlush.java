package io.parley.store;

import io.parley.store.ConversationMarks.Unwritten;
import io.parley.store.PendingDeliveries.Acknowledged;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Writes delivery marks and the delivery times of messages. The messages are looked up by a reader, so that the
/// writer only gets the rows to change.
final class MarkFlush {
    private static final int DELIVERIES_PER_STEP = 1000;

    private final Readers readers;
    private final Writer writer;

    MarkFlush(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    /// @param row of the message
    record Delivery(long row, long at) {}

    /// Returns when all is durable.
    void write(List<Unwritten> changes) {
        List<Delivery> deliveries = readers.read("looking up delivered messages", db -> deliveries(db, changes));
        for (int from = 0; from < deliveries.size(); from += DELIVERIES_PER_STEP) {
            List<Delivery> part = deliveries.subList(from, Math.min(from + DELIVERIES_PER_STEP, deliveries.size()));
            writer.run(Step.of("writing delivery times", db -> writeDeliveries(db, part)));
        }
        writer.run(Step.of("writing delivery marks", db -> writeMarks(db, changes)));
    }

    private static List<Delivery> deliveries(Db db, List<Unwritten> changes) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>();
        for (Unwritten change : changes) {
            List<Acknowledged> ranges = change.deliveries().acknowledged();
            if (ranges.isEmpty()) continue;
            long after = Long.MAX_VALUE;
            long upTo = 0;
            for (Acknowledged range : ranges) {
                after = Math.min(after, range.after());
                upTo = Math.max(upTo, range.upTo());
            }
            db.each(
                    "SELECT row, timestamp, sender FROM message WHERE conversation = ? AND timestamp > ?"
                            + " AND timestamp <= ? AND delivered_at < 0",
                    row -> {
                        long at = change.deliveries()
                                .at(row.getLong(2), new io.parley.core.command.ClientId(row.getString(3)));
                        if (at != 0) deliveries.add(new Delivery(row.getLong(1), at));
                        return true;
                    },
                    change.of().number,
                    after,
                    upTo);
        }
        return deliveries;
    }

    static int writeDeliveries(Db db, List<Delivery> deliveries) throws SQLException {
        PreparedStatement update =
                db.prepared("UPDATE message SET delivered_at = ? WHERE row = ? AND delivered_at < 0");
        for (Delivery delivery : deliveries) {
            update.setLong(1, delivery.at);
            update.setLong(2, delivery.row);
            update.executeUpdate();
        }
        return deliveries.size();
    }

    private static int writeMarks(Db db, List<Unwritten> changes) throws SQLException {
        PreparedStatement update = db.prepared(
                "UPDATE member SET delivered = ?1 WHERE conversation = ?2 AND client = ?3 AND delivered < ?1");
        for (Unwritten change : changes) {
            for (var mark : change.marks().entrySet()) {
                update.setLong(1, mark.getValue());
                update.setLong(2, change.of().number);
                update.setString(3, mark.getKey().value());
                update.executeUpdate();
            }
        }
        return changes.size();
    }
}
