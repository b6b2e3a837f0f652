package io.parley.core.message;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.MessageId;
import java.util.List;

/// The messages that still grow, so that a start after a crash finds those that will not. Thread-safe; every method
/// may block; changes are durable on return.
public interface UnfinishedLog {
    /// @param timestamp of the message, milliseconds since the epoch
    record Unfinished(ConversationKey conversation, MessageId message, long timestamp) {}

    /// Nothing happens when it is there already.
    void add(Unfinished message);

    /// Nothing happens when it is not there.
    void remove(Unfinished message);

    List<Unfinished> all();
}
