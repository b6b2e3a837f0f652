package io.parley.core.message;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What each client sees of service conversations: messages to it alone, its own ones, broadcasts it has
/// received, and, from its subscription on, messages to all subscribers. The messages themselves are in the
/// [MessageLog], where [Draft#audience] says who will see them. Unread counts and offline messages follow the
/// same view. Thread-safe; every method may block; changes are durable on return. Source: semantics 4.4.
public interface ServiceLog {
    /// What the client sees, ascending by (timestamp, id).
    List<StoredMessage> history(ConversationKey service, ClientId client, HistoryRange range);

    /// Whether the message was sent to this client alone or with few others, was sent by it, or is a broadcast
    /// that it has received.
    boolean isAddressed(ConversationKey service, ClientId client, StoredMessage message);

    boolean isForSubscribers(ConversationKey service, StoredMessage message);

    /// Takes a message that was sent to this client alone, or with few others, out of its view. False when it is not
    /// there.
    boolean remove(ConversationKey service, ClientId client, StoredMessage message);

    /// Puts a broadcast into the view of these clients. Returns those that had not received it before. For
    /// clients that are online; those that come later get it by [#receiveDue].
    Set<ClientId> receive(ConversationKey service, StoredMessage broadcast, Collection<ClientId> clients);

    /// Puts the broadcasts that a client has missed into its view, as far as they are still valid; into that of a
    /// client that was never here before, the most recent one only. To be called whenever a client comes.
    void receiveDue(ClientKey client);

    /// Broadcasts that are valid now, the newest first.
    List<Broadcast> broadcasts(ConversationKey service, int skip, int limit);

    /// A client's view of a service conversation by the digest that the first REST API names it with: hexadecimal MD5
    /// of the conversation's id, a colon and the client. Slow: all clients of all services are looked at. Source:
    /// semantics 4.4.
    Optional<View> find(AppId app, String digest);

    record View(ConversationKey service, ClientId client) {}

    record Broadcast(StoredMessage message, Instant validTill) {}

    /// Nobody receives this broadcast any more; those who have it keep it. False when there is no such broadcast.
    boolean withdraw(AppId app, MessageId broadcast);
}
