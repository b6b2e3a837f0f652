package io.parley.core.intake;

import io.parley.core.command.AppId;
import io.parley.core.command.ConversationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Adds what another server made, with its ids and times. Everything can be added any number of times. Each call is
/// one atomic step, durable on return; keep it to a thousand things or so, because others wait meanwhile. Thread-safe;
/// every method may block.
public interface IntakeStore {
    /// What became of one thing. The lists that methods return have one for each, in the same order.
    enum Outcome {
        ADDED,
        /// It was there, and what came is newer.
        CHANGED,
        /// It was there, and what came is not newer.
        KNOWN,
        NO_CONVERSATION,
        /// Only service conversations have subscribers, only others have members and roles.
        WRONG_KIND,
        /// Another row has the value of one of its unique columns.
        TAKEN
    }

    /// Adds conversations, or brings known ones up to what came if that was updated later.
    List<Outcome> conversations(AppId app, List<IncomingConversation> conversations);

    /// Adds messages to the history of conversations that exist. Messages are the same when conversation, timestamp
    /// and id are. A known message gets the content that came, unless it was edited or recalled here or later.
    ///
    /// Nobody who is online is told: an added message has no position of its own. So it does not matter whether
    /// messages come in order, nor whether clients already chat.
    List<Outcome> messages(AppId app, List<IncomingMessage> messages);

    List<Outcome> rules(AppId app, List<IncomingRule> rules);

    /// Marks all as read and delivered, for everybody, in those of these conversations in which nobody has written a
    /// message here yet: unread counts do not travel, and begin with zero.
    void settle(AppId app, Collection<ConversationId> conversations);

    /// What conversations hold, by ascending id.
    ///
    /// @param after exclusive
    List<Digest> digests(AppId app, Optional<ConversationId> after, int limit);

    /// Whether [#finished] was called with this name.
    boolean isFinished(AppId app, String part);

    /// Remembers that a part of an archive is in, for those who go on later.
    void finished(AppId app, String part);
}
