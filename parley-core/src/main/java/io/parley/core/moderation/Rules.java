package io.parley.core.moderation;

import io.parley.core.command.ClientId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A snapshot of who may do what in a conversation. Immutable.
///
/// @param roles of those that were given one
/// @param silenced in the order they were silenced
/// @param blocked in the order they were blocked
/// @param silencedUntil may not speak before this
/// @param refusing clients that do not want to be brought in by others
public record Rules(
        Map<ClientId, GivenRole> roles,
        Set<ClientId> silenced,
        Set<ClientId> blocked,
        Map<ClientId, Instant> silencedUntil,
        Set<ClientId> refusing) {
    public static final Rules NONE = new Rules(Map.of(), Set.of(), Set.of(), Map.of(), Set.of());
}
