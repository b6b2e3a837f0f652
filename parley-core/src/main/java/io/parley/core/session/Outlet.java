package io.parley.core.session;

import io.parley.core.command.ClientId;
import io.parley.core.command.CloseReason;
import java.util.Optional;

/// A connection, as core sees it: a way out. Thread-safe; never blocks.
public interface Outlet {
    /// Queues an event for a client of this connection. Events of one caller keep their order. When the connection is
    /// closed the event is dropped; when its reader is too slow the connection is closed, unless the event may be
    /// dropped: then it is.
    void send(ClientId to, Outgoing event);

    /// The web origin that a browser names; absent for everything that is no browser.
    Optional<String> origin();

    /// The internet address at the other end, when it is known.
    default Optional<String> address() {
        return Optional.empty();
    }

    /// Ends the connection with all its sessions.
    void close(CloseReason reason);
}
