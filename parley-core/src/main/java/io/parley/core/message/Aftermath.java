package io.parley.core.message;

import io.parley.core.command.ClientId;
import io.parley.core.command.Event.MessageArrived;
import io.parley.core.conversation.Conversation;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.session.Caller;
import java.util.Optional;
import java.util.Set;

/// Who has to do something because of a message, later. Thread-safe.
public interface Aftermath {
    /// What is to be stored together with a message; nothing when nobody is interested, which is the usual case and
    /// costs next to nothing. Does not block.
    ///
    /// @param draft without its consequences, but with the address it was sent from
    /// @param recipients present when it is for these only; of a service conversation, those whom the
    ///     application named
    Optional<Draft.FollowUp> of(
            Caller caller, Conversation conversation, Draft draft, Optional<Set<ClientId>> recipients);

    /// A message was passed on without being stored. May block.
    ///
    /// @param recipients present when it was for these only
    void passed(
            Caller caller,
            Conversation conversation,
            Ticket ticket,
            MessageArrived message,
            Optional<Set<ClientId>> recipients);
}
