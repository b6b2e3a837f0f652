package io.parley.core.command;

import java.util.Optional;
import java.util.OptionalInt;

/// Messages: sending, reading back, changing. Source: protocol 4.5, 4.9, 4.10.
public sealed interface MessageCommand extends Command {

    /// @param token the sender's id of this attempt; a repeat returns the first message instead of making a second
    /// @param priority matters in chat rooms only
    /// @param pushData JSON text for offline push, kept with the message
    /// @param quiet the other devices of the sender do not get the message
    record Send(
            ConversationId to,
            Content content,
            Mentions mentions,
            boolean receipt,
            boolean transientMessage,
            boolean will,
            Priority priority,
            Optional<String> token,
            Optional<String> pushData,
            boolean quiet)
            implements MessageCommand {
        /// The same, saying something else.
        public Send with(Content other) {
            return other == content
                    ? this
                    : new Send(to, other, mentions, receipt, transientMessage, will, priority, token, pushData, quiet);
        }

        public Send(
                ConversationId to,
                Content content,
                Mentions mentions,
                boolean receipt,
                boolean transientMessage,
                boolean will,
                Priority priority,
                Optional<String> token,
                Optional<String> pushData) {
            this(to, content, mentions, receipt, transientMessage, will, priority, token, pushData, false);
        }
    }

    /// A page of history. Both bounds are optional; the answer is ascending whatever the direction.
    ///
    /// @param direction which end of the range the limit cuts: [Direction#OLD] keeps the newest
    /// @param type only messages whose JSON says this `_lctype`
    record History(
            ConversationId conversation,
            Direction direction,
            Optional<Bound> start,
            Optional<Bound> end,
            int limit,
            OptionalInt type)
            implements MessageCommand {
        public static final int DEFAULT_LIMIT = 20;
        public static final int MAX_LIMIT = 1000;

        public History {
            limit = Math.clamp(limit, 0, MAX_LIMIT);
        }

        public enum Direction {
            /// From new to old.
            OLD,
            /// From old to new.
            NEW
        }

        /// A point in a conversation's history.
        ///
        /// @param timestamp milliseconds since the epoch; 0 when only the id is known
        /// @param id tells messages of one timestamp apart; absent means all of that timestamp
        public record Bound(long timestamp, Optional<MessageId> id, boolean included) {}
    }

    /// A page of the messages of the whole app in conversations that are kept, broadcasts to everybody left out. For
    /// the
    /// application.
    ///
    /// @param from only those of this client, in normal conversations and chat rooms
    record Survey(
            Optional<ClientId> from,
            History.Direction direction,
            Optional<History.Bound> start,
            Optional<History.Bound> end,
            int limit)
            implements MessageCommand {
        public Survey {
            limit = Math.clamp(limit, 0, History.MAX_LIMIT);
        }
    }

    /// Takes a message out of what the server keeps; clients keep what they have. For the application, which names the
    /// sender.
    ///
    /// @param timestamp of the message, milliseconds since the epoch
    record Delete(ConversationId conversation, MessageId message, long timestamp) implements MessageCommand {}

    /// Replaces what the server keeps of a message, without telling anybody. For the application.
    ///
    /// @param timestamp of the message, milliseconds since the epoch
    record Replace(ConversationId conversation, MessageId message, long timestamp, Content content)
            implements MessageCommand {}

    /// Edits (new content present) or recalls (absent) a stored message.
    ///
    /// @param timestamp of the message, milliseconds since the epoch; 0 when the client does not know it
    record Modify(
            ConversationId conversation,
            MessageId message,
            long timestamp,
            Optional<Content> content,
            Optional<Mentions> mentions)
            implements MessageCommand {
        public boolean isRecall() {
            return content.isEmpty();
        }
    }
}
