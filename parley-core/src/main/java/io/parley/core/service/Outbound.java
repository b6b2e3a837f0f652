package io.parley.core.service;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import java.util.Optional;

/// What the application wants to say.
///
/// @param from shown as the sender; need not exist
/// @param transientMessage only for those who are online now; not stored
/// @param pushData JSON text for offline push, kept with the message
public record Outbound(ClientId from, Content content, boolean transientMessage, Optional<String> pushData) {
    Outbound with(Content other) {
        return new Outbound(from, other, transientMessage, pushData);
    }
}
