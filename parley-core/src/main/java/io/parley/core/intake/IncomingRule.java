package io.parley.core.intake;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Role;
import java.time.Instant;

/// What a client is to a conversation, besides a member.
public sealed interface IncomingRule {
    ConversationId conversation();

    ClientId client();

    record HasRole(ConversationId conversation, ClientId client, Role role) implements IncomingRule {}

    record IsSilenced(ConversationId conversation, ClientId client) implements IncomingRule {}

    record IsBlocked(ConversationId conversation, ClientId client) implements IncomingRule {}

    /// Of a service conversation.
    record Subscribes(ConversationId conversation, ClientId client, Instant since) implements IncomingRule {}
}
