package io.parley.core.command;

import java.util.List;
import java.util.Optional;

/// What a client tells of the messages it got. Source: protocol 4.6, 4.7.
public sealed interface ReceiptCommand extends Command {

    /// The client received messages: one by id, or all up to a time. Never answered.
    ///
    /// @param upTo milliseconds since the epoch; 0 when only the id is given
    record Ack(ConversationId conversation, Optional<MessageId> message, long from, long upTo)
            implements ReceiptCommand {}

    /// The client's user has read these conversations. Never answered by a reply, but by an [Event.Unread].
    record Read(List<Mark> marks) implements ReceiptCommand {
        public Read {
            marks = List.copyOf(marks);
        }

        /// @param upTo milliseconds since the epoch; 0 means everything
        public record Mark(ConversationId conversation, long upTo) {}
    }

    /// How far have the other members received and read?
    ///
    /// @param each one answer per member instead of the lowest of all
    record MaxRead(ConversationId conversation, boolean each) implements ReceiptCommand {}
}
