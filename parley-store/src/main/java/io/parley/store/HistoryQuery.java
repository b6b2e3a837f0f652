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
import java.util.List;
import java.util.Optional;

/// A page of a conversation's history. Among messages of one timestamp, which only imported ones can share, those made
/// here come first, then the others by their id: the same order in the page and against its bounds.
final class HistoryQuery {
    private final ConversationKey key;
    private final long conversation;
    private final PendingDeliveries pending;
    private final StringBuilder sql =
            new StringBuilder("SELECT " + MessageRows.COLUMNS + " FROM message m WHERE conversation = ?");
    private final List<Object> values = new ArrayList<>();

    private HistoryQuery(ConversationKey key, long conversation, PendingDeliveries pending) {
        this.key = key;
        this.conversation = conversation;
        this.pending = pending;
        values.add(conversation);
    }

    /// Ascending by (timestamp, id).
    static List<StoredMessage> run(
            Db db, ConversationKey key, long conversation, HistoryRange range, PendingDeliveries pending)
            throws SQLException {
        return new HistoryQuery(key, conversation, pending).run(db, range);
    }

    private List<StoredMessage> run(Db db, HistoryRange range) throws SQLException {
        if (range.lower().isPresent()) bound(db, range.lower().get(), ">");
        if (range.upper().isPresent()) bound(db, range.upper().get(), "<");
        if (range.type().isPresent()) {
            // CASE, because the parts of an AND are evaluated in any order, and json_extract fails on what is no JSON.
            sql.append(" AND CASE WHEN typeof(content) = 'text' AND json_valid(content)"
                    + " THEN json_type(content) = 'object' AND json_extract(content, '$._lctype') = ? ELSE 0 END");
            values.add(range.type().getAsInt());
        }
        boolean newestFirst = range.direction() == Direction.OLD;
        sql.append(newestFirst ? " ORDER BY timestamp DESC, id DESC" : " ORDER BY timestamp, id");
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
            sql.append(" AND timestamp ").append(operator).append(" ?");
            values.add(timestamp);
        } else {
            MessageId id = bound.id().get();
            if (timestamp == 0) timestamp = timestampOf(db, id);
            sql.append(" AND (timestamp, id) ").append(operator).append(" (?, ?)");
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
