package io.parley.core.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Event.Receipt;
import io.parley.core.command.Kind;
import io.parley.core.command.ReceiptCommand.Ack;
import io.parley.core.command.ReceiptCommand.MaxRead;
import io.parley.core.command.ReceiptCommand.Read;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.delivery.Arrivals;
import io.parley.core.delivery.Delivery;
import io.parley.core.message.MessageLog;
import io.parley.core.notice.Notices;
import io.parley.core.receipt.CursorStore.Marks;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Session;
import io.parley.core.session.Sessions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/// Acknowledgements, read marks, and the receipts they cause. Thread-safe; may block.
public final class Receipts {
    private final Conversations conversations;
    private final CursorStore cursors;
    private final MessageLog log;
    private final Delivery delivery;
    private final Notices notices;
    private final Sessions sessions;
    private final Arrivals arrivals;
    private final Clock clock;

    /// Timestamp of the newest message of a conversation whose sender asked for a receipt: spares a query per
    /// acknowledgement in the many conversations where nobody asks.
    private final Cache<ConversationKey, Long> lastRequest =
            Caffeine.newBuilder().maximumSize(200_000).build();

    public Receipts(
            Conversations conversations,
            CursorStore cursors,
            MessageLog log,
            Delivery delivery,
            Notices notices,
            Sessions sessions,
            Arrivals arrivals,
            Clock clock) {
        this.arrivals = arrivals;
        this.conversations = conversations;
        this.cursors = cursors;
        this.log = log;
        this.delivery = delivery;
        this.notices = notices;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// A sender asked for a receipt. Called after the message is stored.
    public void requested(ConversationKey conversation, long timestamp) {
        // Only where the value is known: elsewhere the next question reads it from the log. A question that reads right
        // now may have missed this message: `compute` waits for it, which `computeIfPresent` does not.
        lastRequest.asMap().compute(conversation, (key, known) -> known == null ? null : Math.max(known, timestamp));
    }

    private boolean requestedAfter(ConversationKey conversation, long timestamp) {
        return lastRequest.get(conversation, log::lastReceiptRequest) > timestamp;
    }

    public Reply ack(Session caller, Ack ack) {
        Conversation conversation =
                conversations.find(caller.app(), ack.conversation()).orElse(null);
        if (conversation == null || !isIn(conversation, caller.client())) return new Reply.None();
        long upTo = ack.upTo();
        if (upTo == 0)
            upTo = ack.message()
                    .map(id -> log.timestampOf(conversation.key(), id))
                    .orElse(0L);
        if (upTo == 0) return new Reply.None();
        arrivals.acknowledged(caller, ack.conversation(), upTo);
        long now = clock.millis();
        long previous = cursors.acknowledge(conversation.key(), caller.client(), upTo, now);
        if (upTo > previous && requestedAfter(conversation.key(), previous))
            for (StoredMessage message : log.receiptRequests(conversation.key(), caller.client(), previous, upTo))
                tell(conversation, message, caller.client(), now, false);
        return new Reply.None();
    }

    /// Timestamp of the newest message that the client sees, 0 when there is none.
    private long newest(Conversation conversation, ClientKey client) {
        ConversationId id = conversation.id();
        if (conversation.kind() == Kind.SERVICE)
            return cursors.unread(client, id, 1)
                    .map(entry -> entry.last().timestamp())
                    .orElse(0L);
        StoredMessage last = log.last(client.app(), List.of(id)).get(id);
        return last == null ? 0 : last.timestamp();
    }

    /// The store knows whom a service conversation has reached; the marks of others do not exist.
    private static boolean isIn(Conversation conversation, ClientId client) {
        return conversation.kind() == Kind.SERVICE || conversation.hasMember(client);
    }

    public Reply read(Session caller, Read read) {
        App app = caller.app();
        ClientKey reader = new ClientKey(app.id(), caller.client());
        List<Event.Unread.Entry> entries = new ArrayList<>();
        long now = clock.millis();
        for (Read.Mark mark : read.marks()) {
            Conversation conversation =
                    conversations.find(app, mark.conversation()).orElse(null);
            if (conversation == null || !isIn(conversation, caller.client())) continue;
            long newest = newest(conversation, reader);
            if (newest == 0) continue;
            // JS marks up to its own clock, which may be ahead: that must not hide messages that are still to come.
            long upTo = mark.upTo() == 0 ? newest : Math.min(mark.upTo(), newest);
            long previous = cursors.read(conversation.key(), caller.client(), upTo, now);
            cursors.unread(reader, conversation.id(), app.settings().maxUnreadCount())
                    .ifPresent(entries::add);
            if (upTo > previous) tellRead(conversation, caller.client(), previous, upTo, now);
        }
        // To the reading session, too: Swift's counters change only through this. Source: protocol 4.7
        if (!entries.isEmpty())
            delivery.deliver(
                    app.id(),
                    List.of(caller.client()),
                    new Event.Unread(entries, now),
                    session -> session.offlineMode() == OfflineMode.UNREAD_COUNTS);
        return new Reply.None();
    }

    /// One read receipt per sender, for its newest message; it covers the earlier ones. Source: semantics 6.9.
    private void tellRead(Conversation conversation, ClientId reader, long after, long upTo, long now) {
        if (!requestedAfter(conversation.key(), after)) return;
        Map<ClientId, StoredMessage> newest = new LinkedHashMap<>();
        for (StoredMessage message : log.receiptRequests(conversation.key(), reader, after, upTo))
            newest.put(message.from(), message);
        for (StoredMessage message : newest.values()) tell(conversation, message, reader, now, true);
    }

    private void tell(Conversation conversation, StoredMessage message, ClientId from, long now, boolean read) {
        AppId app = conversation.key().app();
        boolean pair = conversation.members().size() <= 2;
        notices.tell(
                app,
                message.from(),
                new Receipt(conversation.id(), message.id(), from, now, read),
                // In larger groups receipts are a courtesy to sessions that are here; they are not kept.
                !pair || sessions.online(app, message.from()),
                session -> pair || session.capabilities().groupReceipts());
    }

    public Reply maxRead(Session caller, MaxRead question) {
        Conversation conversation = conversations.get(caller.app(), question.conversation());
        if (conversation.kind() == Kind.CHAT_ROOM || conversation.kind() == Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is of kind %s and has no receipts",
                    conversation.id(),
                    conversation.kind());
        if (!conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" is not a member of \"%s\"",
                    caller.client(),
                    conversation.id());
        Map<ClientId, Marks> marks = new LinkedHashMap<>(cursors.marks(conversation.key()));
        marks.remove(caller.client());
        if (!question.each())
            return new Reply.MaxRead(
                    conversation.id(),
                    lowest(marks.values(), Marks::deliveredUpTo),
                    lowest(marks.values(), Marks::readUpTo));
        List<Reply.MaxReadOfEach.Marks> each = new ArrayList<>();
        marks.forEach((client, mark) -> each.add(
                new Reply.MaxReadOfEach.Marks(client, present(mark.deliveredUpTo()), present(mark.readUpTo()))));
        return new Reply.MaxReadOfEach(conversation.id(), each);
    }

    private static OptionalLong lowest(Iterable<Marks> marks, ToLongFunction<Marks> which) {
        long lowest = Long.MAX_VALUE;
        for (Marks mark : marks) lowest = Math.min(lowest, which.applyAsLong(mark));
        return lowest == Long.MAX_VALUE ? OptionalLong.empty() : present(lowest);
    }

    private static OptionalLong present(long mark) {
        return mark == 0 ? OptionalLong.empty() : OptionalLong.of(mark);
    }
}
