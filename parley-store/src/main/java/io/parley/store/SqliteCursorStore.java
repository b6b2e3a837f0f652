package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.Reply;
import io.parley.core.receipt.CursorStore;
import io.parley.store.ConversationRows.Numbered;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Delivery and read marks on SQLite. Thread-safe.
///
/// A client that is no member of a conversation has no marks there: moving them does nothing, and is answered as if
/// they had been there already.
final class SqliteCursorStore implements CursorStore {
    private final Writer writer;
    private final Readers readers;
    private final KnownConversations known;
    private final DeliveryMarks marks;
    private final ServiceMarks serviceMarks;
    private final Clock clock;

    SqliteCursorStore(
            Writer writer,
            Readers readers,
            KnownConversations known,
            DeliveryMarks marks,
            ServiceMarks serviceMarks,
            Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.known = known;
        this.marks = marks;
        this.serviceMarks = serviceMarks;
        this.clock = clock;
    }

    @Override
    public long acknowledge(ConversationKey conversation, ClientId member, long upTo, long now) {
        if (!isService(conversation)) return marks.acknowledge(conversation, member, upTo, now);
        serviceMarks.acknowledge(conversation, member, upTo, now);
        return upTo;
    }

    private boolean isService(ConversationKey conversation) {
        return known.find(conversation).filter(SqliteCursorStore::isService).isPresent();
    }

    private static boolean isService(Numbered numbered) {
        return numbered.conversation().kind() == Kind.SERVICE;
    }

    @Override
    public long read(ConversationKey key, ClientId member, long upTo, long now) {
        Optional<Numbered> conversation = known.find(key);
        if (conversation.isEmpty()) return upTo;
        acknowledge(key, member, upTo, now);
        long number = conversation.get().number();
        if (isService(conversation.get()))
            return writer.run(Step.of(
                    "moving a read mark of " + key, db -> moveReadMark(db, SERVICE_READ, number, member, upTo, now)));
        return writer.run(Step.of(
                "moving a read mark of " + key,
                db -> moveReadMark(db, MEMBER_READ, number, member, upTo, now),
                before -> {
                    if (before < upTo) marks.read(key, member, upTo);
                }));
    }

    /// The statements that read and move a read mark.
    private record ReadMark(String find, String move) {
        static ReadMark in(String table) {
            return new ReadMark(
                    "SELECT read FROM " + table + " WHERE conversation = ? AND client = ?",
                    "UPDATE " + table + " SET read = ?1, read_at = ?2, delivered = max(delivered, ?1)"
                            + " WHERE conversation = ?3 AND client = ?4");
        }
    }

    private static final ReadMark MEMBER_READ = ReadMark.in("member");
    private static final ReadMark SERVICE_READ = ReadMark.in("service_client");

    private static long moveReadMark(Db db, ReadMark mark, long conversation, ClientId member, long upTo, long now)
            throws SQLException {
        Optional<Long> before = db.first(mark.find, row -> row.getLong(1), conversation, member.value());
        if (before.isEmpty()) return upTo;
        if (before.get() < upTo) db.update(mark.move, upTo, now, conversation, member.value());
        return before.get();
    }

    @Override
    public Map<ClientId, Marks> marks(ConversationKey conversation) {
        return isService(conversation) ? Map.of() : marks.all(conversation);
    }

    @Override
    public Optional<Reply.ReadMark> lastRead(ConversationKey conversation, ClientId member) {
        Optional<Long> number = known.find(conversation).map(Numbered::number);
        if (number.isEmpty()) return Optional.empty();
        return readers.read(
                "reading when " + member + " read " + conversation,
                db -> db.first(
                        "SELECT read, read_at FROM member WHERE conversation = ? AND client = ? AND read_at > 0",
                        row -> new Reply.ReadMark(row.getLong(1), row.getLong(2)),
                        number.get(),
                        member.value()));
    }

    @Override
    public List<Event.Unread.Entry> unread(ClientKey client, long since, int maxConversations, int maxCount) {
        return readers.read(
                "counting what is unread for " + client,
                db -> new UnreadQuery(db, client, maxCount, marks::pending)
                        .all(since, maxConversations, clock.millis()));
    }

    @Override
    public Optional<Event.Unread.Entry> unread(ClientKey client, ConversationId conversation, int maxCount) {
        boolean service = isService(new ConversationKey(client.app(), conversation));
        return readers.read("counting what is unread for " + client, db -> {
            UnreadQuery query = new UnreadQuery(db, client, maxCount, marks::pending);
            return service ? query.ofService(conversation) : query.one(conversation);
        });
    }

    @Override
    public List<Backlog> backlog(ClientKey client, int maxConversations, int maxMessages) {
        List<BacklogQuery.Candidate> candidates = readers.read(
                "looking for offline messages of " + client, db -> BacklogQuery.candidates(db, client, clock.millis()));
        List<Backlog> backlog = new ArrayList<>();
        for (BacklogQuery.Candidate candidate : candidates) {
            if (backlog.size() >= maxConversations) break;
            ConversationKey key = new ConversationKey(client.app(), candidate.conversation());
            // The mark in memory may be ahead of what the reader saw.
            Marks mark = marks.all(key).get(client.client());
            if (mark == null) continue; // left meanwhile
            PendingDeliveries pending = marks.pending(key);
            readers.read(
                            "reading offline messages of " + client,
                            db -> BacklogQuery.messages(
                                    db, client.client(), candidate, mark.deliveredUpTo(), maxMessages, pending))
                    .ifPresent(backlog::add);
        }
        addServices(client, maxConversations, maxMessages, backlog);
        return backlog;
    }

    private void addServices(ClientKey client, int maxConversations, int maxMessages, List<Backlog> backlog) {
        List<ServiceSeat> seats = readers.read(
                "looking for offline messages of services to " + client, db -> ServiceSeat.all(db, client));
        for (ServiceSeat seat : seats) {
            if (backlog.size() >= maxConversations) return;
            long deliveredUpTo = serviceMarks.pending(seat.key(), client.client());
            readers.read(
                            "reading offline messages of services to " + client,
                            db -> BacklogQuery.ofService(db, seat, deliveredUpTo, maxMessages))
                    .ifPresent(backlog::add);
        }
    }

    @Override
    public void backlogPushed(ClientKey client, ConversationId conversation, long upTo) {
        Optional<Numbered> found = known.find(new ConversationKey(client.app(), conversation));
        if (found.isEmpty()) return;
        // All three see the values before: what was pushed once before is pushed twice now, and so on.
        writer.run(Step.of(
                "noting pushed offline messages of " + client,
                db -> db.update(
                        "UPDATE " + (isService(found.get()) ? "service_client" : "member")
                                + " SET pushed_often = max(pushed_often, min(pushed_twice, ?1)),"
                                + " pushed_twice = max(pushed_twice, min(pushed_once, ?1)),"
                                + " pushed_once = max(pushed_once, ?1) WHERE conversation = ?2 AND client = ?3",
                        upTo,
                        found.get().number(),
                        client.client().value())));
    }
}
