package io.parley.store;

import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.Unread.Entry;
import io.parley.core.command.Kind;
import io.parley.core.command.StoredMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What lies after a client's read marks. Nothing is kept as a counter: counters drift, marks do not.
final class UnreadQuery {
    /// So many messages after a read mark are looked at, the newest first: a client that only sends would otherwise
    /// have all its own messages counted over at each login.
    private static final int SCAN_LIMIT = 10_000;

    private static final String COLUMNS = "c.number, c.id, c.kind, m.read, m.read_at, h.timestamp, h.row";

    private final Db db;
    private final ClientKey client;
    private final int maxCount;
    private final Function<ConversationKey, PendingDeliveries> pending;

    UnreadQuery(Db db, ClientKey client, int maxCount, Function<ConversationKey, PendingDeliveries> pending) {
        this.db = db;
        this.client = client;
        this.maxCount = maxCount;
        this.pending = pending;
    }

    private record Candidate(
            long number,
            ConversationId id,
            Kind kind,
            long readUpTo,
            long readAt,
            long newest,
            long newestRow,
            Optional<ServiceSeat> seat) {
        static Candidate map(ResultSet row) throws SQLException {
            return new Candidate(
                    row.getLong(1),
                    new ConversationId(row.getString(2)),
                    ConversationRows.kind(row.getInt(3)),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    Optional.empty());
        }
    }

    /// @param now milliseconds since the epoch; temporary conversations that are over by then do not count
    List<Entry> all(long since, int maxConversations, long now) throws SQLException {
        List<Candidate> candidates = db.list(
                "SELECT " + COLUMNS + " FROM member m CROSS JOIN head h ON h.conversation = m.conversation"
                        + " CROSS JOIN conversation c ON c.number = m.conversation"
                        + " WHERE m.app = ?1 AND m.client = ?2 AND (c.expires_at IS NULL OR c.expires_at > ?4)"
                        + " AND h.row <> 0 AND (h.timestamp > max(m.read, ?3) OR ?3 > 0 AND m.read_at > ?3)"
                        + " ORDER BY h.timestamp DESC",
                Candidate::map,
                client.app().value(),
                client.client().value(),
                since,
                now);
        candidates = withServices(candidates, since);
        List<Entry> entries = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (entries.size() >= maxConversations) break;
            boolean readSince = since > 0 && candidate.readAt > since;
            // Only own messages may have come.
            entry(candidate).filter(entry -> entry.count() > 0 || readSince).ifPresent(entries::add);
        }
        return entries;
    }

    /// What there is of service conversations is computed from the client's view of them.
    private List<Candidate> withServices(List<Candidate> others, long since) throws SQLException {
        List<ServiceSeat> seats = ServiceSeat.all(db, client);
        if (seats.isEmpty()) return others;
        List<Candidate> all = new ArrayList<>(others);
        for (ServiceSeat seat : seats) {
            Optional<Candidate> candidate = of(seat);
            if (candidate.isEmpty()) continue;
            boolean newer = candidate.get().newest > Math.max(seat.read(), since);
            if (newer || (since > 0 && seat.readAt() > since)) all.add(candidate.get());
        }
        all.sort(Comparator.comparingLong(Candidate::newest).reversed());
        return all;
    }

    private Optional<Candidate> of(ServiceSeat seat) throws SQLException {
        List<ServiceSeat.Entry> newest = seat.entries(db, 0, Long.MAX_VALUE, 1);
        if (newest.isEmpty()) return Optional.empty();
        return Optional.of(new Candidate(
                seat.conversation(),
                seat.key().id(),
                Kind.SERVICE,
                seat.read(),
                seat.readAt(),
                newest.getFirst().timestamp(),
                newest.getFirst().row(),
                Optional.of(seat)));
    }

    Optional<Entry> ofService(ConversationId service) throws SQLException {
        Optional<ServiceSeat> seat = ServiceSeat.one(db, client, service);
        Optional<Candidate> candidate = seat.isEmpty() ? Optional.empty() : of(seat.get());
        return candidate.isEmpty() ? Optional.empty() : entry(candidate.get());
    }

    Optional<Entry> one(ConversationId conversation) throws SQLException {
        Optional<Candidate> candidate = db.first(
                "SELECT " + COLUMNS + " FROM conversation c CROSS JOIN member m ON m.conversation = c.number"
                        + " CROSS JOIN head h ON h.conversation = c.number AND h.row <> 0 WHERE c.app = ? AND c.id = ?"
                        + " AND m.client = ?",
                Candidate::map,
                client.app().value(),
                conversation.value(),
                client.client().value());
        return candidate.isEmpty() ? Optional.empty() : entry(candidate.get());
    }

    /// Empty when all messages of the conversation were deleted.
    private Optional<Entry> entry(Candidate candidate) throws SQLException {
        int[] count = {0};
        boolean[] mentioned = {false};
        Db.RowVisitor counting = row -> {
            count[0]++;
            mentioned[0] |= Json.mentions(row.getString(1)).mention(client.client());
            return true;
        };
        if (candidate.seat.isPresent())
            for (ServiceSeat.Entry entry :
                    candidate.seat.get().entries(db, candidate.readUpTo, Long.MAX_VALUE, SCAN_LIMIT)) {
                if (count[0] == maxCount) break;
                db.each(
                        "SELECT mentions FROM message WHERE row = ? AND sender <> ?",
                        counting,
                        entry.row(),
                        client.client().value());
            }
        else if (candidate.newest > candidate.readUpTo)
            db.each(
                    "SELECT mentions FROM (SELECT sender, mentions FROM message WHERE conversation = ? AND timestamp > ?"
                            + " ORDER BY timestamp DESC LIMIT " + SCAN_LIMIT + ") WHERE sender <> ? LIMIT ?",
                    counting,
                    candidate.number,
                    candidate.readUpTo,
                    client.client().value(),
                    maxCount);
        Optional<StoredMessage> last = last(candidate);
        return last.map(message -> new Entry(candidate.id, candidate.kind, count[0], mentioned[0], message));
    }

    private Optional<StoredMessage> last(Candidate candidate) throws SQLException {
        PendingDeliveries deliveries = pending.apply(new ConversationKey(client.app(), candidate.id));
        return db.first(
                "SELECT " + MessageRows.COLUMNS + " FROM message m WHERE row = ?",
                row -> MessageRows.map(row, deliveries),
                candidate.newestRow);
    }
}
