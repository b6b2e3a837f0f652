package io.parley.store;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.HistoryRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A page of a conversation's history. Among messages of one timestamp, which only imported ones can share, those made
/// here come first, then the others by their id: the same order in the page and against its bounds.
final class HistoryQuery {
    private final ConversationKey key;
    private final long conversation;
    private final PendingDeliveries pending;
    private final String timestampColumn;
    private final StringBuilder sql = new StringBuilder("SELECT " + MessageRows.COLUMNS);
    private final List<Object> values = new ArrayList<>();

    private HistoryQuery(ConversationKey key, long conversation, String timestampColumn, PendingDeliveries pending) {
        this.key = key;
        this.conversation = conversation;
        this.timestampColumn = timestampColumn;
        this.pending = pending;
        values.add(conversation);
    }

    /// Ascending by (timestamp, id).
    static List<StoredMessage> run(
            Db db, ConversationKey key, long conversation, HistoryRange range, PendingDeliveries pending)
            throws SQLException {
        HistoryQuery query = new HistoryQuery(key, conversation, "m.timestamp", pending);
        query.sql.append(" FROM message m WHERE m.conversation = ?");
        return query.run(db, range);
    }

    /// What a client sees of a service conversation, ascending by (timestamp, id).
    static List<StoredMessage> ofClient(Db db, ServiceSeat seat, HistoryRange range) throws SQLException {
        List<StoredMessage> page =
                new ArrayList<>(entries(seat, seat.client().value(), 0).run(db, range));
        if (seat.joinedAt() != Long.MAX_VALUE)
            page.addAll(entries(seat, ServiceSeat.SUBSCRIBERS, seat.joinedAt()).run(db, range));
        // No two messages of a service conversation share a timestamp.
        page.sort(Comparator.comparingLong(StoredMessage::timestamp));
        int limit = Math.max(0, range.limit());
        if (page.size() <= limit) return page;
        return range.direction() == Direction.OLD
                ? page.subList(page.size() - limit, page.size())
                : page.subList(0, limit);
    }

    private static HistoryQuery entries(ServiceSeat seat, String client, long from) {
        HistoryQuery query = new HistoryQuery(seat.key(), seat.conversation(), "e.timestamp", PendingDeliveries.NONE);
        query.sql.append(" FROM service_entry e CROSS JOIN message m ON m.row = e.row WHERE e.conversation = ?"
                + " AND e.client = ? AND e.timestamp >= ?");
        query.values.add(client);
        query.values.add(from);
        return query;
    }

    private List<StoredMessage> run(Db db, HistoryRange range) throws SQLException {
        if (range.lower().isPresent()) bound(db, range.lower().get(), ">");
        if (range.upper().isPresent()) bound(db, range.upper().get(), "<");
        if (range.type().isPresent()) {
            // CASE, because the parts of an AND are evaluated in any order, and json_extract fails on what is no JSON.
            sql.append(" AND CASE WHEN typeof(m.content) = 'text' AND json_valid(m.content)"
                    + " THEN json_type(m.content) = 'object' AND json_extract(m.content, '$._lctype') = ? ELSE 0 END");
            values.add(range.type().getAsInt());
        }
        boolean newestFirst = range.direction() == Direction.OLD;
        sql.append(" ORDER BY ").append(timestampColumn).append(newestFirst ? " DESC, m.id DESC" : ", m.id");
        sql.append(" LIMIT ?");
        values.add(Math.max(0, range.limit()));
        List<StoredMessage> page = db.list(sql.toString(), row -> MessageRows.map(row, pending), values.toArray());
        if (newestFirst) Collections.reverse(page);
        return page;
    }

    private void bound(Db db, Bound bound, String comparison) throws SQLException {
        String operator = bound.included() ? comparison + "=" : comparison;
        long timestamp = bound.timestamp();
        if (bound.id().isEmpty()) {
            sql.append(" AND ")
                    .append(timestampColumn)
                    .append(" ")
                    .append(operator)
                    .append(" ?");
            values.add(timestamp);
        } else {
            MessageId id = bound.id().get();
            if (timestamp == 0) timestamp = timestampOf(db, id);
            // The first part is for the index, which does not always see through a pair.
            sql.append(" AND ")
                    .append(timestampColumn)
                    .append(" ")
                    .append(comparison)
                    .append("= ?");
            values.add(timestamp);
            sql.append(" AND (")
                    .append(timestampColumn)
                    .append(", m.id) ")
                    .append(operator)
                    .append(" (?, ?)");
            values.add(timestamp);
            values.add(MessageRows.column(id, conversation, timestamp));
        }
    }

    private long timestampOf(Db db, MessageId id) throws SQLException {
        Optional<MessageRows.Located> message = MessageRows.find(db, conversation, id, 0, pending);
        if (message.isEmpty())
            throw Refusal.of(ErrorCode.CONVERSATION_LOG_FAILED, "message %s is not in conversation %s", id, key.id());
        return message.get().message().timestamp();
    }
}
