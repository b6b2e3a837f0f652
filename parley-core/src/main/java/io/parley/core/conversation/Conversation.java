package io.parley.core.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A snapshot of a conversation. Immutable: nobody changes `attributes` either.
///
/// @param attributes `name`, `attr` and custom top-level keys of the document
/// @param members in the order they came; empty for chat rooms and service conversations
/// @param muted clients that want no offline push
/// @param uniqueId digest of the member set, when created unique
/// @param expiresAt of a temporary conversation
/// @param updatedAt moves forward with every change, strictly: Swift ignores changes that are not newer
public record Conversation(
        ConversationKey key,
        Kind kind,
        Optional<ClientId> creator,
        ObjectNode attributes,
        Set<ClientId> members,
        Set<ClientId> muted,
        boolean unique,
        Optional<String> uniqueId,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> expiresAt) {

    public ConversationId id() {
        return key.id();
    }

    public boolean hasMember(ClientId client) {
        return members.contains(client);
    }
}
