package io.parley.core.command;

import java.time.Instant;

/// A client's subscription of a service conversation.
///
/// @param since messages to all subscribers reach the client from this moment on
/// @param muted no offline push, please
public record Subscription(ConversationId conversation, ClientId client, Instant since, boolean muted) {}
