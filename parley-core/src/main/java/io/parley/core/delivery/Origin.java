package io.parley.core.delivery;

import io.parley.core.command.ClientId;
import io.parley.core.command.Priority;
import io.parley.core.session.Session;
import java.util.Optional;
import java.util.Set;

/// Where a message on its way came from.
///
/// @param session the sending session, which does not get the message back; absent when it is not known any more
/// @param notTo a client none of whose sessions gets the message
/// @param only clients that get the message; absent: everybody
public record Origin(
        Optional<Session> session, Optional<ClientId> notTo, Priority priority, Optional<Set<ClientId>> only) {
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), Priority.NORMAL);

    public Origin(Session session, Priority priority) {
        this(Optional.of(session), Optional.empty(), priority);
    }

    public Origin(Optional<Session> session, Optional<ClientId> notTo, Priority priority) {
        this(session, notTo, priority, Optional.empty());
    }

    public Origin only(Set<ClientId> clients) {
        return new Origin(session, notTo, priority, Optional.of(clients));
    }

    public boolean wants(Session other) {
        return (session.isEmpty() || other != session.get())
                && (notTo.isEmpty() || !notTo.get().equals(other.client()))
                && (only.isEmpty() || only.get().contains(other.client()));
    }
}
