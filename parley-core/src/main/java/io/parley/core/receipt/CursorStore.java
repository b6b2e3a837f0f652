package io.parley.core.receipt;

import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.Reply.ReadMark;
import io.parley.core.command.StoredMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far each member of a conversation has received (delivery mark) and read (read mark), as message timestamps
/// in milliseconds since the epoch. Marks only move forward. Thread-safe; every method may block.
///
/// In a service conversation every client counts as a member that subscribes or to whom it has sent something,
/// and its messages are those that the client sees. There [#acknowledge] always returns `upTo`, [#marks] nothing,
/// and delivery times of messages become visible a little later.
public interface CursorStore {

    /// Moves the delivery mark of a member to `upTo` and notes `now` as the delivery time of the messages it
    /// passes (unless somebody received them earlier). Returns the mark before; a mark that does not move is
    /// returned as it is. Written behind: visible to all reads at once, durable within a second. Losing it means
    /// delivering again.
    long acknowledge(ConversationKey conversation, ClientId member, long upTo, long now);

    /// Moves the read mark of a member (and its delivery mark, if that lies behind) to `upTo` and notes the time,
    /// `now`. Durable on return. Returns the read mark before.
    long read(ConversationKey conversation, ClientId member, long upTo, long now);

    /// The marks of all members. 0 means: nothing yet.
    Map<ClientId, Marks> marks(ConversationKey conversation);

    record Marks(long deliveredUpTo, long readUpTo) {}

    /// The read mark of a member, and when it moved there; empty when it never moved, or for somebody who is no member.
    Optional<ReadMark> lastRead(ConversationKey conversation, ClientId member);

    /// What is unread for a client: per conversation the stored messages of others after its read mark. Only
    /// conversations with a newer message or a read after `since` (milliseconds since the epoch, 0 for all with
    /// something unread); those that were read since come with count 0. Newest first, at most `maxConversations`;
    /// counts stop at `maxCount`.
    List<Event.Unread.Entry> unread(ClientKey client, long since, int maxConversations, int maxCount);

    /// The same for one conversation, also when nothing is unread; empty when it has no message.
    Optional<Event.Unread.Entry> unread(ClientKey client, ConversationId conversation, int maxCount);

    /// The newest messages of others after the client's delivery mark, ascending, for clients that get offline
    /// messages pushed. What [#backlogPushed] noted three times without an acknowledgement is left out: some SDKs
    /// can never acknowledge a message that they cannot parse. Source: legacy-json 14, Q5.
    List<Backlog> backlog(ClientKey client, int maxConversations, int maxMessages);

    /// @param hasMore older undelivered messages exist
    record Backlog(ConversationId conversation, Kind kind, List<StoredMessage> messages, boolean hasMore) {}

    /// Notes that the client's backlog of a conversation was pushed up to a message's timestamp.
    void backlogPushed(ClientKey client, ConversationId conversation, long upTo);
}
