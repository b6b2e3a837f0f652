package io.parley.core.intake;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageId;
import java.util.Optional;

/// A message as another server knows it. Times are milliseconds since the epoch.
///
/// @param deliveredAt 0 when it was not
/// @param patchedAt 0 when it was not changed, or when the other server does not tell
/// @param address internet address it was sent from
/// @param seenBy in a service conversation, one of the clients that see the message
public record IncomingMessage(
        ConversationId conversation,
        MessageId id,
        long timestamp,
        ClientId from,
        Content content,
        Mentions mentions,
        boolean recalled,
        long deliveredAt,
        long patchedAt,
        Optional<String> address,
        Optional<ClientId> seenBy) {}
