package io.parley.core.session;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Optional;

/// Whoever gives a command. A call over REST and a frame on a socket are the same command by another caller; where
/// they differ, features ask who it is. Thread-safe.
public sealed interface Caller permits Session, Application, AppKey {
    App app();

    /// The client that acts, or in whose name it is acted; absent when the application acts for itself.
    Optional<ClientId> actor();

    /// The client that acts, or a refusal when there is none.
    default ClientId client() {
        return actor().orElseThrow(
                        () -> Refusal.of(ErrorCode.SESSION_REQUIRED, "this needs a client, in whose name it is done"));
    }

    /// The application's own server may do everything in its conversations: no membership, role, silence, blacklist,
    /// switch or signature stands in its way. Source: rest 6.
    default boolean isApplication() {
        return this instanceof Application;
    }

    /// The session, which does not need to be told what it did itself.
    default Optional<Session> session() {
        return Optional.empty();
    }

    /// The internet address it calls from, when it is known.
    default Optional<String> address() {
        return Optional.empty();
    }

    /// The session, or a refusal: for what only somebody who is logged in can do.
    default Session requireSession() {
        return session()
                .orElseThrow(() ->
                        Refusal.of(ErrorCode.SESSION_REQUIRED, "this is for clients that are logged in on a socket"));
    }
}
