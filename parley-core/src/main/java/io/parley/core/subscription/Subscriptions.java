package io.parley.core.subscription;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.command.Subscription;
import io.parley.core.conversation.Conversation;
import io.parley.core.conversation.Conversations;
import io.parley.core.moderation.Moderation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Subscribing to service conversations. Thread-safe; may block. Source: semantics 4.4.
public final class Subscriptions {
    private final SubscriptionStore store;
    private final Conversations conversations;
    private final Moderation moderation;

    public Subscriptions(SubscriptionStore store, Conversations conversations, Moderation moderation) {
        this.store = store;
        this.conversations = conversations;
        this.moderation = moderation;
    }

    /// The service conversation, or a refusal with CONVERSATION_NOT_FOUND or SYSTEM_CONVERSATION_REQUIRED.
    public Conversation service(App app, ConversationId id) {
        return service(conversations.get(app, id));
    }

    /// The conversation itself, or a refusal when it is of another kind.
    public static Conversation service(Conversation conversation) {
        if (conversation.kind() != Kind.SERVICE)
            throw Refusal.of(
                    ErrorCode.SYSTEM_CONVERSATION_REQUIRED,
                    "\"%s\" is of kind %s, not a service conversation",
                    conversation.id(),
                    conversation.kind());
        return conversation;
    }

    public Subscription subscribe(Conversation service, ClientId client) {
        if (moderation.rules(service.key()).blocked().contains(client))
            throw Refusal.of(ErrorCode.BLOCKED_BY_CONV, "\"%s\" is on the blacklist of \"%s\"", client, service.id());
        return store.subscribe(service.key(), client);
    }

    /// Nothing happens when the client does not subscribe.
    public void unsubscribe(Conversation service, ClientId client) {
        store.unsubscribe(service.key(), client);
    }

    public boolean isSubscribed(Conversation service, ClientId client) {
        return store.find(service.key(), client).isPresent();
    }

    public void mute(Conversation service, ClientId client, boolean muted) {
        if (!store.mute(service.key(), client, muted))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_MEMBERSHIP_REQUIRED,
                    "\"%s\" does not subscribe to \"%s\"",
                    client,
                    service.id());
    }

    public long count(Conversation service) {
        return store.count(service.key());
    }

    /// See [SubscriptionStore#page].
    public List<Subscription> page(Conversation service, Optional<ClientId> after, int limit) {
        return store.page(service.key(), after, limit);
    }

    /// A client's subscriptions in the order it made them.
    public List<Subscription> of(ClientKey client) {
        return store.of(client).stream()
                .sorted(Comparator.comparing(Subscription::since)
                        .thenComparing(
                                subscription -> subscription.conversation().value()))
                .toList();
    }
}
