package io.parley.core.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.command.Event.MessagesPatched;
import io.parley.core.command.Kind;
import io.parley.core.command.MessageCommand.Delete;
import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageCommand.Modify;
import io.parley.core.command.MessageCommand.Replace;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.MessageCommand.Survey;
import io.parley.core.command.MessageId;
import io.parley.core.command.Priority;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.Reply.ReadMark;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.delivery.Delivery;
import io.parley.core.delivery.Feeds;
import io.parley.core.delivery.Origin;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.message.Screening.Screened;
import io.parley.core.moderation.Moderation;
import io.parley.core.room.Rooms;
import io.parley.core.session.Caller;
import io.parley.core.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/// Messages: sending, reading back, editing and recalling. Thread-safe; may block.
public final class Messages {
    private final Conversations conversations;
    private final Moderation moderation;
    private final Rooms rooms;
    private final MessageLog log;
    private final ServiceLog services;
    private final Delivery delivery;
    private final Feeds feeds;
    private final ReceiptRequests receiptRequests;
    private final ReadMarks readMarks;
    private final Uplinks uplinks;
    private final Screening screening;
    private final Aftermath aftermath;
    private final Counter accepted;
    private final Counter transients;

    /// What needs to know that a sender asked for a receipt.
    @FunctionalInterface
    public interface ReceiptRequests {
        void requested(ConversationKey conversation, long timestamp);
    }

    /// How far a member has read.
    @FunctionalInterface
    public interface ReadMarks {
        Optional<ReadMark> of(ConversationKey conversation, ClientId member);
    }

    /// What the application wants to know of messages that clients send to its service conversations.
    @FunctionalInterface
    public interface Uplinks {
        /// The message is stored. Called before the sender is answered; must not block for long.
        void arrived(ConversationKey service, StoredMessage message);
    }

    public Messages(
            Conversations conversations,
            Moderation moderation,
            Rooms rooms,
            MessageLog log,
            ServiceLog services,
            Delivery delivery,
            ReceiptRequests receiptRequests,
            ReadMarks readMarks,
            Uplinks uplinks,
            Screening screening,
            Aftermath aftermath,
            ScheduledExecutorService timer,
            MeterRegistry meters) {
        this.conversations = conversations;
        this.moderation = moderation;
        this.rooms = rooms;
        this.log = log;
        this.services = services;
        this.delivery = delivery;
        this.receiptRequests = receiptRequests;
        this.readMarks = readMarks;
        this.uplinks = uplinks;
        this.screening = screening;
        this.aftermath = aftermath;
        this.feeds = new Feeds(
                new Feeds.Source() {
                    @Override
                    public long head(ConversationKey conversation) {
                        return log.head(conversation);
                    }

                    @Override
                    public List<StoredMessage> after(ConversationKey conversation, long position, int limit) {
                        return log.after(conversation, position, limit);
                    }
                },
                this::deliver,
                timer);
        this.accepted = Counter.builder("parley.messages.accepted")
                .description("messages stored and acknowledged")
                .register(meters);
        this.transients = Counter.builder("parley.messages.transient")
                .description("messages delivered without being stored")
                .register(meters);
    }

    /// Answers every send with an acknowledgement, a refused one included.
    public Reply send(Caller caller, Send send) {
        try {
            return accept(caller, send);
        } catch (Refusal refusal) {
            Ticket ticket = log.ticket(new ConversationKey(caller.app().id(), send.to()));
            return new Reply.SendRefused(send.to(), ticket.id(), ticket.timestamp(), refusal);
        }
    }

    private Reply accept(Caller caller, Send send) {
        checkSize(caller.app().settings(), send.content(), send.pushData());
        Conversation conversation = target(caller, send.to());
        Screened screened =
                screening.send(caller, conversation, send.content(), send.transientMessage(), send.receipt());
        Reply reply = accept(caller, conversation, send.with(screened.content()), screened);
        return screened.correction().isPresent() && reply instanceof Reply.Accepted accepted
                ? corrected(caller, accepted, send, screened)
                : reply;
    }

    /// The sender is told that its message reads otherwise. Source: semantics 6.2, 6.8.
    private static Reply corrected(Caller caller, Reply.Accepted accepted, Send send, Screened screened) {
        var message = new StoredMessage(
                accepted.message(),
                0,
                accepted.timestamp(),
                caller.client(),
                screened.content(),
                send.mentions(),
                send.receipt(),
                accepted.timestamp(),
                false,
                0);
        return new Reply.Accepted(
                accepted.conversation(),
                accepted.message(),
                accepted.timestamp(),
                told(caller, accepted.conversation(), message, screened));
    }

    private static Optional<Event> told(
            Caller caller, ConversationId conversation, StoredMessage message, Screened screened) {
        return caller.session()
                .filter(session -> session.capabilities().patches())
                .map(session -> new MessagesPatched(
                        List.of(new MessagesPatched.Patched(conversation, message, screened.correction()))));
    }

    private Reply accept(Caller caller, Conversation conversation, Send send, Screened screened) {
        if (send.will()) return keepWill(caller, conversation, send);
        if (send.transientMessage()) return pass(caller, conversation, send, screened.recipients());
        if (conversation.kind() == Kind.SERVICE) return sendUp(caller, conversation, send);
        boolean receipt = send.receipt() && conversation.kind() != Kind.CHAT_ROOM;
        var draft = new Draft(
                conversation.key(),
                caller.client(),
                send.content(),
                send.mentions(),
                receipt,
                send.token(),
                send.pushData());
        Optional<Draft.FollowUp> followUp = aftermath.of(caller, conversation, draft, screened.recipients());
        try (Feeds.Lease feed = feeds.enter(conversation.key())) {
            Appended appended = log.append(draft.with(followUp).sentFrom(address(caller)));
            StoredMessage message = appended.message();
            if (!appended.duplicate()) {
                accepted.increment();
                if (receipt) receiptRequests.requested(conversation.key(), message.timestamp());
                feed.offer(message, origin(caller, conversation, send, screened.recipients()));
            }
            return new Reply.Accepted(conversation.id(), message.id(), message.timestamp());
        }
    }

    private static Optional<String> address(Caller caller) {
        return caller.app().settings().retention().senderAddresses() ? caller.address() : Optional.empty();
    }

    /// What the application says in a chat room does not come back to the client in whose name it speaks. Source:
    /// semantics 4.3
    private static Origin origin(
            Caller caller, Conversation conversation, Send send, Optional<Set<ClientId>> recipients) {
        Origin origin = origin(caller, conversation, send);
        if (recipients.isEmpty()) return origin;
        Set<ClientId> only = new HashSet<>(recipients.get());
        only.add(caller.client()); // its other devices
        return origin.only(only);
    }

    private static Origin origin(Caller caller, Conversation conversation, Send send) {
        if (caller instanceof Session session && !send.quiet()) return new Origin(session, send.priority());
        boolean back = !send.quiet() && conversation.kind() != Kind.CHAT_ROOM;
        return new Origin(caller.session(), back ? Optional.empty() : caller.actor(), send.priority());
    }

    /// To the application, and to the sender's other sessions; nobody else sees it. It does not pass through a
    /// feed: the messages between belong to others. Source: semantics 4.4.
    private Reply sendUp(Caller caller, Conversation service, Send send) {
        Draft draft = new Draft(
                        service.key(),
                        caller.client(),
                        send.content(),
                        send.mentions(),
                        false,
                        send.token(),
                        send.pushData(),
                        new Audience.Clients(Set.of(caller.client())))
                .sentFrom(address(caller));
        Appended appended = log.append(draft.with(aftermath.of(caller, service, draft, Optional.empty())));
        StoredMessage message = appended.message();
        if (!appended.duplicate()) {
            accepted.increment();
            uplinks.arrived(service.key(), message);
            spreadUp(
                    service,
                    MessageArrived.live(service.id(), service.kind(), message),
                    caller,
                    session -> session != caller);
        }
        return new Reply.Accepted(service.id(), message.id(), message.timestamp());
    }

    private void spreadUp(Conversation service, Event event, Caller sender, Predicate<Session> wanted) {
        delivery.deliver(service.key().app(), List.of(sender.client()), event, wanted);
    }

    /// Refuses what is larger than the app allows.
    public static void checkSize(AppSettings settings, Content content, Optional<String> pushData) {
        int size = content.size()
                + pushData.map(data -> data.getBytes(StandardCharsets.UTF_8).length)
                        .orElse(0);
        if (size > settings.maxMessageBytes())
            throw Refusal.of(
                    ErrorCode.FRAME_TOO_LONG,
                    "a message with its push data has at most %d bytes; this one has %d",
                    settings.maxMessageBytes(),
                    size);
    }

    private Conversation target(Caller caller, ConversationId to) {
        Conversation conversation = conversations.find(caller.app(), to).orElseThrow(() -> noTarget(to));
        if (caller.isApplication()) return targetOfApplication(conversation);
        // Anybody may speak without having joined, or subscribed.
        boolean open = conversation.kind() == Kind.CHAT_ROOM || conversation.kind() == Kind.SERVICE;
        if (!open && !conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.INVALID_MESSAGING_TARGET, "\"%s\" is not a member of \"%s\"", caller.client(), to);
        moderation.checkMaySpeak(conversation, caller.client());
        return conversation;
    }

    /// Wherever it is not member either, but a service conversation's clients have to be named.
    private static Conversation targetOfApplication(Conversation conversation) {
        if (conversation.kind() == Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.NORMAL_CONVERSATION_REQUIRED,
                    "\"%s\" is a service conversation: say to which of its clients the message goes",
                    conversation.id());
        return conversation;
    }

    private static Refusal noTarget(ConversationId to) {
        return to.isTemporary()
                ? Conversations.notFound(to)
                : Refusal.of(ErrorCode.INVALID_MESSAGING_TARGET, "there is no conversation \"%s\"", to);
    }

    private Reply pass(Caller caller, Conversation conversation, Send send, Optional<Set<ClientId>> recipients) {
        Ticket ticket = log.ticket(conversation.key());
        transients.increment();
        MessageArrived event = passing(conversation, ticket, caller, send);
        if (conversation.kind() == Kind.SERVICE) spreadUp(conversation, event, caller, session -> session != caller);
        else spread(conversation, event, origin(caller, conversation, send, recipients));
        aftermath.passed(caller, conversation, ticket, event, recipients);
        // The clients of 2016 expect no answer to it. Source: legacy-json 7
        return caller instanceof Session session
                        && session.capabilities().legacyJson()
                        && !session.capabilities().transientAcks()
                ? new Reply.None()
                : new Reply.Accepted(conversation.id(), ticket.id(), ticket.timestamp());
    }

    private static MessageArrived passing(Conversation conversation, Ticket ticket, Caller caller, Send send) {
        return new MessageArrived(
                conversation.id(),
                conversation.kind(),
                ticket.id(),
                ticket.timestamp(),
                caller.client(),
                send.content(),
                send.mentions(),
                send.transientMessage(),
                0,
                false,
                false);
    }

    /// A will is kept by its session; the last one replaces those before. Source: semantics 6.5.
    private Reply keepWill(Caller caller, Conversation conversation, Send send) {
        if (conversation.kind() == Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_NOT_ALLOWED,
                    "\"%s\" is a service conversation, which takes no will messages",
                    conversation.id());
        Session session = caller.requireSession();
        Ticket ticket = log.ticket(conversation.key());
        session.will(() -> deliverWill(session, send, ticket));
        return new Reply.Accepted(conversation.id(), ticket.id(), ticket.timestamp());
    }

    private void deliverWill(Session sender, Send will, Ticket kept) {
        conversations
                .find(sender.app(), will.to())
                .filter(conversation ->
                        conversation.kind() == Kind.CHAT_ROOM || conversation.hasMember(sender.client()))
                .ifPresent(conversation -> {
                    Ticket now =
                            new Ticket(kept.id(), log.ticket(conversation.key()).timestamp());
                    spread(conversation, passing(conversation, now, sender, will), new Origin(sender, will.priority()));
                });
    }

    /// The feed's sink: to those who are members, or listen, now.
    private void deliver(ConversationKey key, StoredMessage message, Origin origin) {
        conversations
                .find(key)
                .ifPresent(conversation -> spread(
                        conversation, MessageArrived.live(conversation.id(), conversation.kind(), message), origin));
    }

    private void spread(Conversation conversation, Event event, Origin origin) {
        if (conversation.kind() == Kind.CHAT_ROOM)
            rooms.deliver(conversation.key(), event, origin.priority() != Priority.HIGH, origin::wants);
        else delivery.deliver(conversation.key().app(), conversation.members(), event, origin::wants);
    }

    public Reply history(Caller caller, History history) {
        Conversation conversation = conversations.get(caller.app(), history.conversation());
        boolean open = conversation.kind() == Kind.CHAT_ROOM || conversation.kind() == Kind.SERVICE;
        if (!open && !caller.isApplication() && !conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_LOG_REJECTED,
                    "\"%s\" is not a member of \"%s\" and cannot read its history",
                    caller.client(),
                    conversation.id());
        List<StoredMessage> messages = history.limit() == 0 ? List.of() : history(caller, conversation, range(history));
        return new Reply.History(conversation.id(), conversation.kind(), messages, readBy(conversation, messages));
    }

    /// Who reads what somebody else sent is told in pairs only, as receipts are. Source: semantics 6.9, 6.10.
    private Map<ClientId, ReadMark> readBy(Conversation conversation, List<StoredMessage> messages) {
        if (conversation.members().size() != 2 || messages.isEmpty()) return Map.of();
        Iterator<ClientId> members = conversation.members().iterator();
        ClientId one = members.next();
        ClientId other = members.next();
        Map<ClientId, ReadMark> readBy = new HashMap<>();
        readMarks.of(conversation.key(), other).ifPresent(mark -> readBy.put(one, mark));
        readMarks.of(conversation.key(), one).ifPresent(mark -> readBy.put(other, mark));
        return readBy;
    }

    private static HistoryRange range(History history) {
        return range(history.direction(), history.start(), history.end(), history.limit(), history.type());
    }

    private static HistoryRange range(
            Direction direction, Optional<Bound> start, Optional<Bound> end, int limit, OptionalInt type) {
        boolean newestFirst = direction == Direction.OLD;
        return new HistoryRange(newestFirst ? end : start, newestFirst ? start : end, direction, limit, type);
    }

    private List<StoredMessage> history(Caller caller, Conversation conversation, HistoryRange range) {
        return conversation.kind() == Kind.SERVICE
                ? services.history(conversation.key(), caller.client(), range)
                : log.history(conversation.key(), range);
    }

    /// What was said anywhere in the app.
    public Reply survey(Caller caller, Survey survey) {
        HistoryRange range =
                range(survey.direction(), survey.start(), survey.end(), survey.limit(), OptionalInt.empty());
        return new Reply.Surveyed(
                survey.limit() == 0 ? List.of() : log.survey(caller.app().id(), survey.from(), range));
    }

    /// Source: rest 6, C15.
    public Reply delete(Caller caller, Delete delete) {
        Conversation conversation = conversations.get(caller.app(), delete.conversation());
        StoredMessage message = log.find(conversation.key(), delete.message(), delete.timestamp())
                .orElseThrow(() -> notFound(delete.conversation(), delete.message()));
        checkSender(caller.client(), message);
        if (!log.delete(conversation.key(), message.id(), message.timestamp()))
            throw notFound(delete.conversation(), delete.message());
        return new Reply.Done();
    }

    /// Source: rest 12, V4.
    public Reply replace(Caller caller, Replace replace) {
        checkSize(caller.app().settings(), replace.content(), Optional.empty());
        Conversation conversation = conversations.get(caller.app(), replace.conversation());
        if (!log.replace(conversation.key(), replace.message(), replace.timestamp(), replace.content()))
            throw notFound(replace.conversation(), replace.message());
        return new Reply.Modified(0);
    }

    private static void checkSender(ClientId sender, StoredMessage message) {
        if (!message.from().equals(sender))
            throw Refusal.of(
                    ErrorCode.MESSAGE_OWNERSHIP_REQUIRED,
                    "message \"%s\" was not sent by \"%s\"",
                    message.id(),
                    sender);
    }

    /// Edits or recalls. Source: semantics 6.8.
    public Reply modify(Caller caller, Modify modify) {
        App app = caller.app();
        if (!caller.isApplication()) checkMayModify(app, modify);
        Content content = modify.content().orElse(Content.RECALLED);
        checkSize(app.settings(), content, Optional.empty());
        Conversation conversation = conversations.get(app, modify.conversation());
        StoredMessage before = log.find(conversation.key(), modify.message(), modify.timestamp())
                .orElseThrow(() -> notFound(modify));
        checkSender(caller.client(), before);
        // The application may have written in this client's name, to others.
        if (conversation.kind() == Kind.SERVICE && !services.isAddressed(conversation.key(), caller.client(), before))
            throw notFound(modify);
        Screened screened = screening.edit(caller, conversation, before, content, modify.isRecall());
        StoredMessage after = log.patch(
                        conversation.key(),
                        before.id(),
                        before.timestamp(),
                        screened.content(),
                        modify.mentions(),
                        modify.isRecall())
                .orElseThrow(() -> notFound(modify));
        tellPatched(caller, conversation, after);
        return screened.correction().isEmpty()
                ? new Reply.Modified(after.patchedAt())
                : new Reply.Modified(after.patchedAt(), told(caller, conversation.id(), after, screened));
    }

    private static void checkMayModify(App app, Modify modify) {
        if (modify.isRecall() && !app.settings().recallAllowed()) throw Refusal.of(ErrorCode.MESSAGE_RECALL_DISABLED);
        if (!modify.isRecall() && !app.settings().editAllowed()) throw Refusal.of(ErrorCode.MESSAGE_EDIT_DISABLED);
    }

    private void tellPatched(Caller caller, Conversation conversation, StoredMessage message) {
        var patched = new MessagesPatched(List.of(new MessagesPatched.Patched(conversation.id(), message)));
        Predicate<Session> wanted =
                session -> session != caller && session.capabilities().patches();
        switch (conversation.kind()) {
            case CHAT_ROOM -> rooms.deliver(conversation.key(), patched, false, wanted);
            case SERVICE -> spreadUp(conversation, patched, caller, wanted);
            case NORMAL, TEMPORARY ->
                delivery.deliver(conversation.key().app(), conversation.members(), patched, wanted);
        }
    }

    private static Refusal notFound(Modify modify) {
        return notFound(modify.conversation(), modify.message());
    }

    private static Refusal notFound(ConversationId conversation, MessageId message) {
        return Refusal.of(ErrorCode.MESSAGE_NOT_FOUND, "there is no message \"%s\" in \"%s\"", message, conversation);
    }
}
