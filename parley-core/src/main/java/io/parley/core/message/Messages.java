package io.parley.core.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.command.Event.MessagesPatched;
import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.Modify;
import io.parley.core.command.MessageCommand.Send;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.delivery.Delivery;
import io.parley.core.delivery.Feeds;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;

/// Messages: sending, reading back, editing and recalling. Thread-safe; may block.
public final class Messages {
    private final Conversations conversations;
    private final MessageLog log;
    private final Delivery delivery;
    private final Feeds feeds;
    private final ReceiptRequests receiptRequests;
    private final Counter accepted;
    private final Counter transients;

    /// What needs to know that a sender asked for a receipt.
    @FunctionalInterface
    public interface ReceiptRequests {
        void requested(ConversationKey conversation, long timestamp);
    }

    public Messages(
            Conversations conversations,
            MessageLog log,
            Delivery delivery,
            ReceiptRequests receiptRequests,
            ScheduledExecutorService timer,
            MeterRegistry meters) {
        this.conversations = conversations;
        this.log = log;
        this.delivery = delivery;
        this.receiptRequests = receiptRequests;
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
    public Reply send(Session caller, Send send) {
        try {
            return accept(caller, send);
        } catch (Refusal refusal) {
            Ticket ticket = log.ticket(new ConversationKey(caller.app().id(), send.to()));
            return new Reply.SendRefused(send.to(), ticket.id(), ticket.timestamp(), refusal);
        }
    }

    private Reply accept(Session caller, Send send) {
        checkSize(caller.app().settings(), send.content(), send.pushData());
        Conversation conversation = target(caller, send.to());
        if (send.will()) return keepWill(caller, conversation, send);
        if (send.transientMessage()) return pass(caller, conversation, send);
        var draft = new Draft(
                conversation.key(),
                caller.client(),
                send.content(),
                send.mentions(),
                send.receipt(),
                send.token(),
                send.pushData());
        try (Feeds.Lease feed = feeds.enter(conversation.key())) {
            Appended appended = log.append(draft);
            StoredMessage message = appended.message();
            if (!appended.duplicate()) {
                accepted.increment();
                if (send.receipt()) receiptRequests.requested(conversation.key(), message.timestamp());
                feed.offer(message, Optional.of(caller));
            }
            return new Reply.Accepted(conversation.id(), message.id(), message.timestamp());
        }
    }

    private static void checkSize(AppSettings settings, Content content, Optional<String> pushData) {
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

    private Conversation target(Session caller, ConversationId to) {
        Conversation conversation = conversations
                .find(caller.app(), to)
                .orElseThrow(
                        () -> Refusal.of(ErrorCode.INVALID_MESSAGING_TARGET, "there is no conversation \"%s\"", to));
        if (!conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.INVALID_MESSAGING_TARGET, "\"%s\" is not a member of \"%s\"", caller.client(), to);
        return conversation;
    }

    private Reply pass(Session caller, Conversation conversation, Send send) {
        Ticket ticket = log.ticket(conversation.key());
        transients.increment();
        delivery.deliver(
                caller.app().id(),
                conversation.members(),
                passing(conversation, ticket, caller, send),
                Optional.of(caller));
        return new Reply.Accepted(conversation.id(), ticket.id(), ticket.timestamp());
    }

    private static MessageArrived passing(Conversation conversation, Ticket ticket, Session caller, Send send) {
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
    private Reply keepWill(Session caller, Conversation conversation, Send send) {
        Ticket ticket = log.ticket(conversation.key());
        caller.will(() -> deliverWill(caller, send, ticket));
        return new Reply.Accepted(conversation.id(), ticket.id(), ticket.timestamp());
    }

    private void deliverWill(Session sender, Send will, Ticket kept) {
        conversations
                .find(sender.app(), will.to())
                .filter(conversation -> conversation.hasMember(sender.client()))
                .ifPresent(conversation -> {
                    Ticket now =
                            new Ticket(kept.id(), log.ticket(conversation.key()).timestamp());
                    delivery.deliver(
                            sender.app().id(),
                            conversation.members(),
                            passing(conversation, now, sender, will),
                            Optional.of(sender));
                });
    }

    /// The feed's sink: to those who are members now.
    private void deliver(ConversationKey key, StoredMessage message, Optional<Session> origin) {
        conversations
                .find(key)
                .ifPresent(conversation -> delivery.deliver(
                        key.app(),
                        conversation.members(),
                        MessageArrived.live(conversation.id(), conversation.kind(), message),
                        origin));
    }

    public Reply history(Session caller, History history) {
        Conversation conversation = conversations.get(caller.app(), history.conversation());
        if (!conversation.hasMember(caller.client()))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_LOG_REJECTED,
                    "\"%s\" is not a member of \"%s\" and cannot read its history",
                    caller.client(),
                    conversation.id());
        boolean newestFirst = history.direction() == History.Direction.OLD;
        List<StoredMessage> messages = history.limit() == 0
                ? List.of()
                : log.history(
                        conversation.key(),
                        new HistoryRange(
                                newestFirst ? history.end() : history.start(),
                                newestFirst ? history.start() : history.end(),
                                history.direction(),
                                history.limit(),
                                history.type()));
        return new Reply.History(conversation.id(), conversation.kind(), messages, OptionalLong.empty());
    }

    /// Edits or recalls. Source: semantics 6.8.
    public Reply modify(Session caller, Modify modify) {
        App app = caller.app();
        if (modify.isRecall() && !app.settings().recallAllowed()) throw Refusal.of(ErrorCode.MESSAGE_RECALL_DISABLED);
        if (!modify.isRecall() && !app.settings().editAllowed()) throw Refusal.of(ErrorCode.MESSAGE_EDIT_DISABLED);
        Content content = modify.content().orElse(Content.RECALLED);
        checkSize(app.settings(), content, Optional.empty());
        Conversation conversation = conversations.get(app, modify.conversation());
        StoredMessage before = log.find(conversation.key(), modify.message(), modify.timestamp())
                .orElseThrow(() -> notFound(modify));
        if (!before.from().equals(caller.client()))
            throw Refusal.of(
                    ErrorCode.MESSAGE_OWNERSHIP_REQUIRED,
                    "message \"%s\" was not sent by \"%s\"",
                    modify.message(),
                    caller.client());
        StoredMessage after = log.patch(
                        conversation.key(),
                        before.id(),
                        before.timestamp(),
                        content,
                        modify.mentions(),
                        modify.isRecall())
                .orElseThrow(() -> notFound(modify));
        delivery.deliver(
                app.id(),
                conversation.members(),
                new MessagesPatched(List.of(new MessagesPatched.Patched(conversation.id(), after))),
                session -> session != caller && session.capabilities().patches());
        return new Reply.Modified(after.patchedAt());
    }

    private static Refusal notFound(Modify modify) {
        return Refusal.of(
                ErrorCode.MESSAGE_NOT_FOUND,
                "there is no message \"%s\" in \"%s\"",
                modify.message(),
                modify.conversation());
    }
}
