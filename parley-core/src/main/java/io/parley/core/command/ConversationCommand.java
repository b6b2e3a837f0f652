package io.parley.core.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Conversations as documents: creation, attributes, search. Source: protocol 4.3.
public sealed interface ConversationCommand extends Command {

    /// @param members as sent; the creator is added
    /// @param attributes name, `attr` and custom keys of the new document
    /// @param kind service conversations cannot be started by clients
    /// @param unique reuse the conversation of exactly these members, if it was itself created unique
    /// @param ttl life time of a temporary conversation; zero means the default
    record Start(
            List<ClientId> members,
            ObjectNode attributes,
            Kind kind,
            boolean unique,
            Duration ttl,
            Optional<Signature> signature)
            implements ConversationCommand {
        public Start {
            members = List.copyOf(members);
        }
    }

    /// @param changes by key, dotted keys reach into objects; values may be `{"__op": ...}` operations
    record Update(ConversationId conversation, ObjectNode changes) implements ConversationCommand {}

    /// @param where a condition as in protocol 5.2; absent or empty means "those I am a member of"
    /// @param sort comma list of keys, `-` for descending; empty means the default
    /// @param compact leave the members out
    /// @param lastMessage add each conversation's last message
    /// @param temporary ids of temporary conversations; when not empty, nothing else is searched
    record Query(
            Optional<ObjectNode> where,
            String sort,
            int limit,
            int skip,
            boolean compact,
            boolean lastMessage,
            List<ConversationId> temporary)
            implements ConversationCommand {
        public static final int DEFAULT_LIMIT = 10;
        public static final int MAX_LIMIT = 1000;

        /// Limit and skip are clamped to what is allowed.
        public Query {
            limit = Math.clamp(limit, 0, MAX_LIMIT);
            skip = Math.max(0, skip);
            temporary = List.copyOf(temporary);
        }
    }

    /// How many members, or listeners in a chat room?
    record Count(ConversationId conversation) implements ConversationCommand {}
}
