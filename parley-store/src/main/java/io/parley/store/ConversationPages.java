package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.conversation.ConversationStore.Candidates;
import io.parley.core.conversation.ConversationStore.Found;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks through the candidates of a query page by page, so that neither memory nor a reader is held for longer than
/// a page takes. Not thread-safe.
abstract class ConversationPages {
    private static final int PAGE = 200;

    /// The next conversations; empty at the end.
    abstract List<Found> next(Db db) throws SQLException;

    static ConversationPages of(AppId app, Candidates candidates) {
        return switch (candidates) {
            case Candidates.ByIds byIds -> new ByIds(app, List.copyOf(byIds.ids()));
            case Candidates.OfMembers ofMembers -> new OfRarestMember(app, List.copyOf(ofMembers.members()));
            case Candidates.OfKind ofKind ->
                new ByKey<>(
                        0L,
                        "SELECT " + ConversationRows.COLUMNS + " FROM conversation c WHERE c.kind = "
                                + ofKind.kind().number() + " AND c.app = ? AND c.number > ? ORDER BY c.number LIMIT "
                                + PAGE,
                        Numbered::number,
                        app.value());
            case Candidates.All ignored -> byId(app, "");
            case Candidates.After after -> byId(app, after.id());
        };
    }

    private static ConversationPages byId(AppId app, String after) {
        return new ByKey<>(
                after,
                "SELECT " + ConversationRows.COLUMNS
                        + " FROM conversation c WHERE c.app = ? AND c.id > ? ORDER BY c.id LIMIT " + PAGE,
                found -> found.conversation().id().value(),
                app.value());
    }

    private static Found found(Db db, Numbered row) throws SQLException {
        return new Found(
                ConversationRows.withMembers(db, row).conversation(), ConversationRows.lastMessageAt(db, row.number()));
    }

    /// Of several members the one with the fewest conversations decides: a service account may have them all.
    private static final class OfRarestMember extends ConversationPages {
        /// Whoever has more than so many counts as having so many.
        private static final int MANY = 1000;

        private final AppId app;
        private final List<ClientId> members;
        private @Nullable ConversationPages pages;

        OfRarestMember(AppId app, List<ClientId> members) {
            this.app = app;
            this.members = members;
        }

        @Override
        List<Found> next(Db db) throws SQLException {
            ConversationPages chosen = pages;
            if (chosen == null) pages = chosen = ofMember(rarest(db));
            return chosen.next(db);
        }

        private ClientId rarest(Db db) throws SQLException {
            ClientId rarest = members.getFirst();
            long fewest = Long.MAX_VALUE;
            if (members.size() == 1) return rarest;
            for (ClientId member : members) {
                long count = db.number(
                        "SELECT count(*) FROM (SELECT 1 FROM member WHERE app = ? AND client = ? LIMIT " + MANY + ")",
                        app.value(),
                        member.value());
                if (count < fewest) {
                    fewest = count;
                    rarest = member;
                }
            }
            return rarest;
        }

        private ConversationPages ofMember(ClientId member) {
            return new ByKey<>(
                    0L,
                    "SELECT " + ConversationRows.COLUMNS + " FROM member CROSS JOIN conversation c"
                            + " ON c.number = member.conversation WHERE member.app = ? AND member.client = ?"
                            + " AND member.conversation > ? ORDER BY member.conversation LIMIT " + PAGE,
                    Numbered::number,
                    app.value(),
                    member.value());
        }
    }

    private static final class ByIds extends ConversationPages {
        private final AppId app;
        private final List<ConversationId> ids;
        private int next;

        ByIds(AppId app, List<ConversationId> ids) {
            this.app = app;
            this.ids = ids;
        }

        @Override
        List<Found> next(Db db) throws SQLException {
            List<Found> page = new ArrayList<>();
            while (page.isEmpty() && next < ids.size()) {
                int end = Math.min(next + PAGE, ids.size());
                for (; next < end; next++) {
                    var row = ConversationRows.find(db, new ConversationKey(app, ids.get(next)));
                    if (row.isPresent())
                        page.add(new Found(
                                row.get().conversation(),
                                ConversationRows.lastMessageAt(db, row.get().number())));
                }
            }
            return page;
        }
    }

    /// Goes on after the key of the last row, which is the last value bound.
    private static final class ByKey<K> extends ConversationPages {
        private interface KeyOf<K> {
            K of(Numbered row);
        }

        private final String sql;
        private final KeyOf<K> key;
        private final Object[] values;

        ByKey(K first, String sql, KeyOf<K> key, Object... fixed) {
            this.sql = sql;
            this.key = key;
            values = java.util.Arrays.copyOf(fixed, fixed.length + 1);
            values[fixed.length] = first;
        }

        @Override
        List<Found> next(Db db) throws SQLException {
            List<Numbered> rows = db.list(sql, ConversationRows::map, values);
            List<Found> page = new ArrayList<>(rows.size());
            for (Numbered row : rows) page.add(found(db, row));
            if (!rows.isEmpty()) values[values.length - 1] = key.of(rows.getLast());
            return page;
        }
    }
}
