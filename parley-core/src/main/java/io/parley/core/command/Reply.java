package io.parley.core.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The answer to one command; exactly one per command that asks for one. Source: protocol 4.1.6.
public sealed interface Reply {
    /// What the caller is told right after the answer, not before it.
    default Optional<Event> then() {
        return Optional.empty();
    }

    /// The answer to a command that only the application gives: there is no frame for it.
    sealed interface ToApplication extends Reply {}

    record Done() implements ToApplication {}

    /// The command is of a kind that gets no answer.
    record None() implements Reply {}

    /// @param ttl how long the token is valid
    /// @param serverTime milliseconds since the epoch
    record Opened(ClientId client, String token, Duration ttl, long serverTime) implements Reply {}

    record Refreshed(String token, Duration ttl) implements Reply {}

    record Closed() implements Reply {}

    record Online(List<ClientId> clients) implements Reply {}

    record DeviceTokenReported() implements Reply {}

    /// @param existing a unique conversation was found and is returned unchanged
    /// @param ttl of a temporary conversation; zero otherwise
    record Started(
            ConversationId conversation, Instant createdAt, Optional<String> uniqueId, boolean existing, Duration ttl)
            implements Reply {}

    /// @param added true after adding, false after removing
    record MembersChanged(
            ConversationId conversation, boolean added, List<ClientId> allowed, List<Failed> failed, Instant updatedAt)
            implements Reply {}

    /// Members for which an operation failed, grouped by error.
    record Failed(ErrorCode code, List<ClientId> clients) {}

    /// @param requested the change as the client sent it
    /// @param modified resulting values of the touched top-level keys, nested, never dotted
    record Updated(ConversationId conversation, Instant updatedAt, ObjectNode requested, ObjectNode modified)
            implements Reply {}

    record Muted(ConversationId conversation, Instant updatedAt) implements Reply {}

    /// @param documents as in protocol 5.1
    record Conversations(ArrayNode documents) implements Reply {}

    record Counted(ConversationId conversation, int count) implements Reply {}

    record Membership(Map<ConversationId, Boolean> memberOf) implements Reply {}

    /// Listeners of a chat room.
    record OnlineMembers(ConversationId conversation, List<ClientId> clients) implements Reply {}

    record RoleSet(ConversationId conversation) implements Reply {}

    record Silenced(ConversationId conversation, boolean silenced, List<ClientId> allowed, List<Failed> failed)
            implements Reply {}

    /// @param next absent on the last page
    record SilencedList(ConversationId conversation, List<ClientId> clients, Optional<String> next) implements Reply {}

    /// @param silenced those of the asked clients that are silenced
    record SilencedChecked(ConversationId conversation, List<ClientId> silenced) implements Reply {}

    record Blocked(ConversationId conversation, boolean blocked, List<ClientId> allowed, List<Failed> failed)
            implements Reply {}

    /// @param next absent on the last page
    record RefusedList(List<ConversationId> conversations, Optional<String> next) implements ToApplication {}

    /// @param next absent on the last page
    record BlockedList(ConversationId conversation, List<ClientId> clients, Optional<String> next) implements Reply {}

    /// @param blocked those of the asked clients that are blocked
    record BlockedChecked(ConversationId conversation, List<ClientId> blocked) implements Reply {}

    /// The lowest marks of all other members; absent while a member has none.
    record MaxRead(ConversationId conversation, OptionalLong deliveredUpTo, OptionalLong readUpTo) implements Reply {}

    record MaxReadOfEach(ConversationId conversation, List<Marks> members) implements Reply {
        public record Marks(ClientId client, OptionalLong deliveredUpTo, OptionalLong readUpTo) {}
    }

    /// The message is accepted; a stored one would survive a power cut.
    ///
    /// @param then that it reads otherwise now
    record Accepted(ConversationId conversation, MessageId message, long timestamp, Optional<Event> then)
            implements Reply {
        public Accepted(ConversationId conversation, MessageId message, long timestamp) {
            this(conversation, message, timestamp, Optional.empty());
        }
    }

    /// The message is refused. Swift's tests read id and time from a failed send, too. Source: semantics 6.2.
    record SendRefused(ConversationId conversation, MessageId message, long timestamp, Refusal refusal)
            implements Reply {}

    /// @param messages ascending by (timestamp, id)
    /// @param readBy by sender, how far the other member has read; nothing in conversations of more than two
    record History(ConversationId conversation, Kind kind, List<StoredMessage> messages, Map<ClientId, ReadMark> readBy)
            implements Reply {}

    /// @param upTo timestamp of the newest message that was read, milliseconds since the epoch
    /// @param at when it was read, the same; what is older was read at this time or before
    record ReadMark(long upTo, long at) {}

    /// @param messages ascending by time
    record Surveyed(List<Located> messages) implements ToApplication {
        public record Located(ConversationId conversation, Kind kind, StoredMessage message) {}
    }

    /// @param patchedAt time of the change, milliseconds since the epoch
    /// @param then that it reads otherwise than the caller wanted
    record Modified(long patchedAt, Optional<Event> then) implements Reply {
        public Modified(long patchedAt) {
            this(patchedAt, Optional.empty());
        }
    }
}
