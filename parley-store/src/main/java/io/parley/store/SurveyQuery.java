package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.Reply.Surveyed.Located;
import io.parley.core.message.HistoryRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A page of the messages of an app, whatever their conversation, in the order (timestamp, arrival).
final class SurveyQuery {
    private final Db db;
    private final StringBuilder sql =
            new StringBuilder("SELECT " + MessageRows.COLUMNS + ", c.id, c.kind FROM message m"
                    + " CROSS JOIN conversation c ON c.number = m.conversation WHERE c.app = ?");
    private final List<Object> values = new ArrayList<>();

    private SurveyQuery(Db db) {
        this.db = db;
    }

    /// Ascending.
    static List<Located> run(Db db, AppId app, Optional<ClientId> from, HistoryRange range) throws SQLException {
        SurveyQuery query = new SurveyQuery(db);
        query.values.add(app.value());
        return query.run(from, range);
    }

    private List<Located> run(Optional<ClientId> from, HistoryRange range) throws SQLException {
        if (from.isPresent()) {
            sql.append(
                    " AND m.sender = ? AND c.kind IN (" + Kind.NORMAL.number() + ", " + Kind.CHAT_ROOM.number() + ")");
            values.add(from.get().value());
        } else {
            sql.append(" AND c.kind <> " + Kind.TEMPORARY.number()
                    + " AND NOT EXISTS (SELECT 1 FROM broadcast b WHERE b.row = m.row)");
        }
        if (range.lower().isPresent()) bound(range.lower().get(), ">");
        if (range.upper().isPresent()) bound(range.upper().get(), "<");
        boolean newestFirst = range.direction() == Direction.OLD;
        sql.append(newestFirst ? " ORDER BY m.timestamp DESC, m.row DESC" : " ORDER BY m.timestamp, m.row");
        sql.append(" LIMIT ?");
        values.add(range.limit());
        List<Located> page = db.list(
                sql.toString(),
                row -> new Located(
                        new ConversationId(row.getString(13)),
                        ConversationRows.kind(row.getInt(14)),
                        MessageRows.map(row, PendingDeliveries.NONE)),
                values.toArray());
        if (newestFirst) Collections.reverse(page);
        return page;
    }

    private void bound(Bound bound, String comparison) throws SQLException {
        long row = bound.id().isPresent() ? rowOf(bound.id().get(), bound.timestamp()) : 0;
        String operator = bound.included() ? comparison + "=" : comparison;
        values.add(bound.timestamp());
        if (row == 0) {
            sql.append(" AND m.timestamp ").append(operator).append(" ?");
            return;
        }
        // The first part is for the index.
        sql.append(" AND m.timestamp ").append(comparison).append("= ? AND (m.timestamp, m.row) ");
        sql.append(operator).append(" (?, ?)");
        values.add(bound.timestamp());
        values.add(row);
    }

    /// 0 when there is no such message any more.
    private long rowOf(MessageId id, long timestamp) throws SQLException {
        return db.first(
                        "SELECT " + MessageRows.COLUMNS + ", m.row FROM message m WHERE m.timestamp = ?"
                                + " AND m.id IN (?, ?)",
                        row -> MessageRows.map(row, PendingDeliveries.NONE).id().equals(id) ? row.getLong(13) : 0L,
                        timestamp,
                        id.value(),
                        MessageIds.parse(id).map(MessageIds.Parts::random).orElse(0))
                .orElse(0L);
    }
}
