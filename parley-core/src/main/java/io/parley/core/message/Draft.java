package io.parley.core.message;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Mentions;
import java.util.Optional;

/// A message that is allowed and about to be stored.
///
/// @param token the sender's id of this attempt, for suppressing duplicates
/// @param pushData JSON text for offline push
/// @param audience who will see it
public record Draft(
        ConversationKey conversation,
        ClientId from,
        Content content,
        Mentions mentions,
        boolean receipt,
        Optional<String> token,
        Optional<String> pushData,
        Audience audience) {

    /// For whoever is in the conversation.
    public Draft(
            ConversationKey conversation,
            ClientId from,
            Content content,
            Mentions mentions,
            boolean receipt,
            Optional<String> token,
            Optional<String> pushData) {
        this(conversation, from, content, mentions, receipt, token, pushData, Audience.MEMBERS);
    }
}
