package io.parley.core.service;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.MessageId;
import java.util.Optional;

/// An edit, or a recall, by the application.
///
/// @param from the sender, which must be the message's
/// @param timestamp of the message, milliseconds since the epoch
/// @param content absent for a recall
public record Change(MessageId message, ClientId from, long timestamp, Optional<Content> content) {}
