package io.parley.core.delivery;

import io.parley.core.command.Priority;
import io.parley.core.session.Session;
import java.util.Optional;

/// Where a message on its way came from.
///
/// @param session the sending session, which does not get the message back; absent when it is not known any more
public record Origin(Optional<Session> session, Priority priority) {
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Priority.NORMAL);
}
