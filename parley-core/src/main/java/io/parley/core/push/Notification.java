package io.parley.core.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/// What is sent to devices of one platform. Immutable: nobody changes `content`.
///
/// @param id of the push, the same for all its devices: the message's, or that of a call to `/1.1/push`
/// @param content merged for the platform; see [PushContent#on]
/// @param development through APNs' environment for development
/// @param team the Apple developer team, instead of what the device says
/// @param topic the app, by its bundle id, instead of what the device says
public record Notification(
        String id,
        ObjectNode content,
        boolean development,
        Optional<String> team,
        Optional<String> topic,
        Instant expiresAt) {}
