package io.parley.core.service;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.message.Audience;
import io.parley.core.message.HistoryRange;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.message.ServiceLog;
import io.parley.core.message.ServiceLog.Broadcast;
import io.parley.core.subscription.Subscriptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Service conversations as the application handles them. Thread-safe; may block. Source: semantics 4.4, rest 8,
/// 10.
public final class ServiceConversations {
    private final Conversations conversations;
    private final Subscriptions subscriptions;
    private final ServiceLog log;
    private final Downlink downlink;
    private final Clock clock;

    public ServiceConversations(
            Conversations conversations, Subscriptions subscriptions, ServiceLog log, Downlink downlink, Clock clock) {
        this.conversations = conversations;
        this.subscriptions = subscriptions;
        this.log = log;
        this.downlink = downlink;
        this.clock = clock;
    }

    /// The conversation, or a refusal with CONVERSATION_NOT_FOUND or SYSTEM_CONVERSATION_REQUIRED.
    public Conversation get(App app, ConversationId id) {
        return subscriptions.service(app, id);
    }

    public void delete(App app, ConversationId id) {
        conversations.delete(get(app, id));
    }

    /// To all who subscribe now.
    public Ticket sendToSubscribers(App app, ConversationId to, Outbound message) {
        return downlink.send(app, target(app, to), message, new Audience.Subscribers());
    }

    /// To these clients, whether they subscribe or not.
    public Ticket send(App app, ConversationId to, Collection<ClientId> clients, Outbound message) {
        return downlink.send(app, target(app, to), message, new Audience.Clients(Set.copyOf(clients)));
    }

    /// To every client of the app.
    ///
    /// @param validTill clients that come later do not get it; at most a month ahead, which is the default
    public Ticket broadcast(App app, ConversationId from, Outbound message, Optional<Instant> validTill) {
        Instant latest = clock.instant().atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        Instant end = validTill.filter(latest::isAfter).orElse(latest);
        return downlink.send(app, target(app, from), message, new Audience.Everybody(end));
    }

    private Conversation target(App app, ConversationId id) {
        return Subscriptions.service(conversations
                .find(app, id)
                .orElseThrow(
                        () -> Refusal.of(ErrorCode.INVALID_MESSAGING_TARGET, "there is no conversation \"%s\"", id)));
    }

    /// Changes a message. With `clients`, one that was sent to them; without, one to all subscribers or a
    /// broadcast.
    public void modify(App app, ConversationId id, Change change, List<ClientId> clients) {
        downlink.modify(app, get(app, id), change, clients);
    }

    /// Takes a message away from one client; one to all subscribers, from all of them. Broadcasts are withdrawn
    /// instead. Source: rest 8, S15.
    public void delete(App app, ConversationId id, ClientId client, Change change) {
        downlink.delete(get(app, id), client, change);
    }

    /// What one client sees, ascending.
    public List<StoredMessage> history(App app, ConversationId id, ClientId client, HistoryRange range) {
        return log.history(get(app, id).key(), client, range);
    }

    /// Broadcasts that are valid now, the newest first.
    public List<Broadcast> broadcasts(App app, ConversationId id, int skip, int limit) {
        return log.broadcasts(get(app, id).key(), skip, limit);
    }

    /// Clients that have not received the broadcast will not; the others keep it.
    public void withdraw(App app, MessageId broadcast) {
        if (!log.withdraw(app.id(), broadcast))
            throw Refusal.of(ErrorCode.MESSAGE_NOT_FOUND, "there is no broadcast \"%s\"", broadcast);
    }
}
