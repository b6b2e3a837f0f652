package io.parley.core.message;

import io.parley.core.command.StoredMessage;

/// The result of [MessageLog#append].
///
/// @param duplicate the token was seen before: `message` is the first one, and nothing was stored
public record Appended(StoredMessage message, boolean duplicate) {}
