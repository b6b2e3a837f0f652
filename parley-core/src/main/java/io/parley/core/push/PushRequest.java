package io.parley.core.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A push that the application asks for. Source: rest 16.
///
/// @param body as it came, for the record
/// @param id chosen by the application, which may count several pushes as one; otherwise a new one is made
/// @param requestId within [#REPEATED], a request with the same one is a repeat and sends nothing
/// @param pushAt when it goes; absent or past: at once
/// @param expiresAt absent: after the time that the settings say
public record PushRequest(
        ObjectNode body,
        PushContent content,
        Audience audience,
        Optional<String> id,
        Optional<String> requestId,
        Optional<Instant> pushAt,
        Optional<Instant> expiresAt) {
    public static final Duration REPEATED = Duration.ofMinutes(5);
}
