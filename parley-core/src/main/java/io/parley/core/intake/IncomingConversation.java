package io.parley.core.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// A conversation as another server knows it.
///
/// @param members in the order they came
/// @param muted those members that want no offline push
/// @param uniqueId digest of the members, when it is unique by them
/// @param lastMessageAt milliseconds since the epoch, also when that message is no longer kept anywhere; 0 when there
///     was none
public record IncomingConversation(
        ConversationId id,
        Kind kind,
        Optional<ClientId> creator,
        ObjectNode attributes,
        Set<ClientId> members,
        Set<ClientId> muted,
        Optional<String> uniqueId,
        Instant createdAt,
        Instant updatedAt,
        long lastMessageAt) {
    public IncomingConversation {
        members = Collections.unmodifiableSet(new LinkedHashSet<>(members));
        muted = Collections.unmodifiableSet(new LinkedHashSet<>(muted));
    }
}
