package io.parley.core.moderation;

import io.parley.core.command.Role;
import java.time.Instant;

/// A role that somebody gave to a member.
///
/// @param createdAt when the member got a role first
/// @param updatedAt when it became this one
public record GivenRole(Role role, Instant createdAt, Instant updatedAt) {}
