package io.parley.core.message;

import io.parley.core.command.ClientId;
import java.time.Instant;
import java.util.Set;

/// Who sees a stored message. Only in service conversations it is not simply everybody who is in.
public sealed interface Audience {
    Audience MEMBERS = new Members();

    /// The members of a conversation, the listeners of a room.
    record Members() implements Audience {}

    /// Those who subscribe to the service conversation when the message is stored.
    record Subscribers() implements Audience {}

    /// These clients of a service conversation, subscribers or not; for a message to the operator, its sender.
    record Clients(Set<ClientId> clients) implements Audience {
        public Clients {
            clients = Set.copyOf(clients);
        }
    }

    /// Every client of the app that is told in time, see [ServiceLog#receive].
    ///
    /// @param validTill clients that come later do not get it any more
    record Everybody(Instant validTill) implements Audience {}
}
