package io.parley.core.message;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Mentions;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.outbox.Job;
import io.parley.core.record.Row;
import java.util.List;
import java.util.Optional;

/// A message that is allowed and about to be stored.
///
/// @param token the sender's id of this attempt, for suppressing duplicates
/// @param pushData JSON text for offline push
/// @param audience who will see it
/// @param address the sender's internet address, when it is known and kept
/// @param followUp what has to be done because of it, later
public record Draft(
        ConversationKey conversation,
        ClientId from,
        Content content,
        Mentions mentions,
        boolean receipt,
        Optional<String> token,
        Optional<String> pushData,
        Audience audience,
        Optional<String> address,
        Optional<FollowUp> followUp) {

    /// Makes the jobs and rows that are stored together with the message, so that there is either all or nothing.
    @FunctionalInterface
    public interface FollowUp {
        /// Called on a thread that many wait for: computes, and nothing else.
        List<Job> of(Ticket message);

        /// Rows that are stored together with the message, too. Called on the same thread.
        default List<Row> rows(Ticket message) {
            return List.of();
        }
    }

    /// The same, with what has to be done because of it.
    public Draft with(Optional<FollowUp> other) {
        return other.isEmpty()
                ? this
                : new Draft(conversation, from, content, mentions, receipt, token, pushData, audience, address, other);
    }

    /// The same, sent from this internet address.
    public Draft sentFrom(Optional<String> place) {
        return place.isEmpty()
                ? this
                : new Draft(conversation, from, content, mentions, receipt, token, pushData, audience, place, followUp);
    }

    public Draft(
            ConversationKey conversation,
            ClientId from,
            Content content,
            Mentions mentions,
            boolean receipt,
            Optional<String> token,
            Optional<String> pushData,
            Audience audience) {
        this(
                conversation,
                from,
                content,
                mentions,
                receipt,
                token,
                pushData,
                audience,
                Optional.empty(),
                Optional.empty());
    }

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
