package io.parley.core.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a client is told without having asked. Source: protocol 4.4 to 4.10.
public sealed interface Event {

    /// A message arrives.
    ///
    /// @param offline it was stored while the client was away (sessions with pushed offline messages only)
    /// @param hasMore older undelivered messages exist that are not pushed
    record MessageArrived(
            ConversationId conversation,
            Kind kind,
            MessageId id,
            long timestamp,
            ClientId from,
            Content content,
            Mentions mentions,
            boolean transientMessage,
            long patchedAt,
            boolean offline,
            boolean hasMore)
            implements Event {
        public static MessageArrived live(ConversationId conversation, Kind kind, StoredMessage message) {
            return of(conversation, kind, message, false, false);
        }

        public static MessageArrived of(
                ConversationId conversation, Kind kind, StoredMessage message, boolean offline, boolean hasMore) {
            return new MessageArrived(
                    conversation,
                    kind,
                    message.id(),
                    message.timestamp(),
                    message.from(),
                    message.content(),
                    message.mentions(),
                    false,
                    message.patchedAt(),
                    offline,
                    hasMore);
        }
    }

    /// A change that the client can fetch later when it missed it. `by` says which client made it; nobody when it was
    /// the application.
    sealed interface Notice extends Event {
        ConversationId conversation();
    }

    /// You are in.
    ///
    /// @param ttl of a temporary conversation; zero otherwise
    record Joined(ConversationId conversation, Kind kind, Optional<ClientId> by, Instant at, Duration ttl)
            implements Notice {}

    /// You are out.
    record Left(ConversationId conversation, Optional<ClientId> by, Instant at) implements Notice {}

    record MembersJoined(
            ConversationId conversation, Kind kind, List<ClientId> members, Optional<ClientId> by, Instant at)
            implements Notice {}

    record MembersLeft(ConversationId conversation, List<ClientId> members, Optional<ClientId> by, Instant at)
            implements Notice {}

    /// @param attributes plain new values by the keys of the request, dotted ones included; null for deleted keys
    /// @param modified resulting values of the touched top-level keys, nested
    record ConversationUpdated(
            ConversationId conversation, ObjectNode attributes, ObjectNode modified, Optional<ClientId> by, Instant at)
            implements Notice {}

    record RoleChanged(ConversationId conversation, ClientId target, Role role, Optional<ClientId> by, Instant at)
            implements Notice {}

    /// You may not speak, or again.
    record Silenced(ConversationId conversation, boolean silenced, Optional<ClientId> by, Instant at)
            implements Notice {}

    record MembersSilenced(
            ConversationId conversation, List<ClientId> members, boolean silenced, Optional<ClientId> by, Instant at)
            implements Notice {}

    /// You may not enter, or again.
    record Blocked(ConversationId conversation, boolean blocked, Optional<ClientId> by, Instant at) implements Notice {}

    record MembersBlocked(
            ConversationId conversation, List<ClientId> members, boolean blocked, Optional<ClientId> by, Instant at)
            implements Notice {}

    /// Your message was delivered to, or read by, somebody.
    ///
    /// @param at milliseconds since the epoch
    record Receipt(ConversationId conversation, MessageId message, ClientId from, long at, boolean read)
            implements Notice {}

    /// A notice with the time under which the client finds it again: strictly increasing for one client.
    ///
    /// @param serverTime milliseconds since the epoch
    record Timed(Notice notice, long serverTime) implements Event {}

    /// How much is unread. Sent after login and after a read, never for a live message.
    ///
    /// @param at milliseconds since the epoch; the client gives it back as `unreadSince`
    record Unread(List<Entry> conversations, long at) implements Event {
        /// @param last the newest stored message
        public record Entry(ConversationId conversation, Kind kind, int count, boolean mentioned, StoredMessage last) {}
    }

    /// Messages were edited or recalled.
    record MessagesPatched(List<Patched> patches) implements Event {
        /// @param correction why, when it was not its author who changed it
        public record Patched(ConversationId conversation, StoredMessage message, Optional<Correction> correction) {
            public Patched(ConversationId conversation, StoredMessage message) {
                this(conversation, message, Optional.empty());
            }
        }
    }

    /// This session is over, the connection stays.
    record SessionClosed(ErrorCode code, String reason) implements Event {}

    /// Please connect again: this server is about to stop.
    record GoAway() implements Event {}
}
