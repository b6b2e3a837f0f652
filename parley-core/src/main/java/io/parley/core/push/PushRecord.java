package io.parley.core.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import java.time.Instant;
import java.util.Optional;

/// A push that the application asked for, as it is listed. Those that follow from messages are not. Source: rest 16.
///
/// @param request its body
/// @param pushAt when it goes, if not at once
public record PushRecord(
        AppId app, String id, ObjectNode request, Instant createdAt, Optional<Instant> pushAt, Instant expiresAt) {}
