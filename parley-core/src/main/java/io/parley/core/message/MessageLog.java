package io.parley.core.message;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event.MessagesPatched.Patched;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import io.parley.core.command.Reply.Surveyed.Located;
import io.parley.core.command.StoredMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The messages of every conversation, in the order they were accepted. Thread-safe. Every method may block.
///
/// The seam is made so that a log-structured store can take the place of SQL: appends, point reads by
/// (conversation, timestamp), range reads in time order, and in-place replacement of single messages; no joins.
public interface MessageLog {
    /// How long a send token is remembered. Source: semantics 6.2; the official SDKs resend after a reconnect.
    java.time.Duration TOKEN_MEMORY = java.time.Duration.ofMinutes(10);

    /// Stores `draft` and gives it the next position and a later timestamp than any message of its conversation.
    /// When this returns, message, position and token survive a power cut. If the same client sent the same token
    /// to this conversation within [#TOKEN_MEMORY], nothing is stored and the first message is returned. The
    /// conversation must exist. In a service conversation the audience, durable with it, decides who sees the
    /// message; see [ServiceLog].
    Appended append(Draft draft);

    /// An id and a time for a message that is not stored: transient, will, or refused. Does not block.
    Ticket ticket(ConversationKey conversation);

    /// @param timestamp milliseconds since the epoch
    record Ticket(MessageId id, long timestamp) {}

    /// The position of the newest message, 0 when there is none.
    long head(ConversationKey conversation);

    /// Messages with positions above `position`, ascending, at most `limit`.
    List<StoredMessage> after(ConversationKey conversation, long position, int limit);

    /// @param timestamp narrows the search when known; 0 otherwise
    Optional<StoredMessage> find(ConversationKey conversation, MessageId id, long timestamp);

    /// The conversation of a message of the app, when its id alone tells: those made here do, imported ones do not.
    Optional<ConversationKey> conversationOf(io.parley.core.command.AppId app, MessageId id);

    /// The timestamp of a stored message, 0 when there is none. For acknowledgements, of which there is one per
    /// delivery: a log whose ids tell the time answers without looking whether the message exists.
    default long timestampOf(ConversationKey conversation, MessageId id) {
        return find(conversation, id, 0).map(StoredMessage::timestamp).orElse(0L);
    }

    /// Ascending by (timestamp, id), whatever the direction. Not for service conversations, where it would tell
    /// everybody's messages.
    List<StoredMessage> history(ConversationKey conversation, HistoryRange range);

    /// The newest message of each conversation that has one.
    Map<ConversationId, StoredMessage> last(AppId app, Collection<ConversationId> conversations);

    /// Messages in (after, upTo], by timestamp, that others than `reader` sent asking for a receipt; ascending.
    List<StoredMessage> receiptRequests(ConversationKey conversation, ClientId reader, long after, long upTo);

    /// Timestamp of the newest message whose sender asked for a receipt, 0 when there is none.
    long lastReceiptRequest(ConversationKey conversation);

    /// Replaces content (and mentions, when given) of a stored message and stamps it with a `patchedAt` that is
    /// later than that of any other patch of the app. Durable on return. Empty when there is no such message.
    Optional<StoredMessage> patch(
            ConversationKey conversation,
            MessageId id,
            long timestamp,
            Content content,
            Optional<Mentions> mentions,
            boolean recalled);

    /// Replaces the content of a stored message without a trace: nobody is told. False when there is no such message.
    boolean replace(ConversationKey conversation, MessageId id, long timestamp, Content content);

    /// Takes a message out of the log. Its position stays empty. False when there is no such message.
    boolean delete(ConversationKey conversation, MessageId id, long timestamp);

    /// Messages of an app, but for those of temporary conversations and broadcasts, ascending by (timestamp, order of
    /// arrival). Delivery times may be missing for a second.
    ///
    /// @param from only those of this client, and none of service conversations
    List<Located> survey(AppId app, Optional<ClientId> from, HistoryRange range);

    /// Messages patched after `since` (milliseconds since the epoch) in conversations the client is a member of,
    /// and those it sees in service conversations except broadcasts, ascending by `patchedAt`; the newest `limit`
    /// of them. Patches older than 7 days may be missing.
    List<Patched> patchesSince(ClientKey client, long since, int limit);
}
