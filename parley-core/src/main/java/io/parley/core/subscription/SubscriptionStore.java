package io.parley.core.subscription;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Subscription;
import java.util.List;
import java.util.Optional;

/// Subscriptions of service conversations. Thread-safe; every method may block. Changes are durable on return.
public interface SubscriptionStore {
    /// Subscribes the client from now on, later than any message that the conversation holds; who subscribes
    /// already keeps its subscription. Refused with CONVERSATION_NOT_FOUND when the conversation does not exist.
    Subscription subscribe(ConversationKey service, ClientId client);

    /// What was sent to the client alone stays visible to it. False when it did not subscribe.
    boolean unsubscribe(ConversationKey service, ClientId client);

    Optional<Subscription> find(ConversationKey service, ClientId client);

    /// All subscriptions of a client, in no order.
    List<Subscription> of(ClientKey client);

    /// Switches offline push for a subscriber. False when the client does not subscribe.
    boolean mute(ConversationKey service, ClientId client, boolean muted);

    long count(ConversationKey service);

    /// The next subscribers, ascending by the UTF-8 bytes of their ids, at most `limit`.
    ///
    /// @param after the last one of the page before; empty for the first page
    List<Subscription> page(ConversationKey service, Optional<ClientId> after, int limit);
}
