package io.parley.core;

import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.command.Command;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outlet;
import io.parley.core.session.Session;
import java.util.Optional;

/// Every command there is, one line each: the table of contents of the chat. Thread-safe. Every method may block and
/// is
/// meant to run on a virtual thread. A [io.parley.core.command.Refusal] thrown from here is an answer, anything else
/// a
/// failure.
public final class Dispatcher {

    /// An opened session whose client has not been told yet what it missed.
    public record Opening(Session session, Reply.Opened reply, Open command) {}

    /// The app, or a refusal with APP_NOT_AVAILABLE.
    public App app(AppId id) {
        throw new UnsupportedOperationException();
    }

    /// Opens a session on a connection. Send `reply` first, then call [#catchUp].
    ///
    /// @param current the client's session on the same connection, when it opens again: it is kept
    public Opening open(App app, Outlet outlet, OfflineMode mode, Open command, Optional<Session> current) {
        throw new UnsupportedOperationException();
    }

    /// Tells the client what it missed, then lets live events through.
    public void catchUp(Opening opening) {
        throw new UnsupportedOperationException();
    }

    /// Handles any command but [Open]. After [io.parley.core.command.SessionCommand.Close] the session is over.
    public Reply handle(Session caller, Command command) {
        throw new UnsupportedOperationException();
    }

    /// The connection of this session is gone without a logout.
    public void disconnected(Session session) {
        throw new UnsupportedOperationException();
    }
}
