package io.parley.protocol;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a frame from a client means.
public sealed interface Inbound {

    /// Something of a session.
    ///
    /// @param app as the frame names it; many name none after the session is open
    /// @param peer whose session; absent means the connection's default client (protocol 4.1.2)
    /// @param i correlation id, any number, zero and negative included; absent: no reply is wanted
    record Request(Optional<AppId> app, Optional<ClientId> peer, OptionalInt i, Command command) implements Inbound {}

    /// A frame that could be parsed, but whose command is refused before it reaches core: a field missing or of a
    /// wrong
    /// type, a command that does not exist.
    ///
    /// @param origin which reply form the refusal takes
    record Refused(Optional<ClientId> peer, OptionalInt i, Origin origin, Refusal refusal) implements Inbound {}

    /// The kind of command a refusal answers, since its form depends on it.
    enum Origin {
        SESSION_OPEN,
        /// Answered by an `ack` with a code.
        SEND,
        OTHER
    }

    /// Answered at once by an echo, before any session check. Source: protocol 2.3.
    record Echo(OptionalInt i) implements Inbound {}

    /// The JSON protocols' heartbeat, `{}`, answered by `{}`.
    record Heartbeat() implements Inbound {}

    /// A push or LiveQuery login that Java sends by itself after each connect. Source: protocol 4.14.
    ///
    /// @param service as sent; the answer repeats it, 0 when absent
    record DeviceLogin(Optional<AppId> app, String installationId, OptionalInt i, OptionalInt service)
            implements Inbound {}

    /// The end of a [DeviceLogin]. Source: protocol 4.14.3.
    record DeviceLogout(String installationId, OptionalInt i, OptionalInt service) implements Inbound {}

    /// Nothing to do: acknowledgements of pushes, commands without meaning that want no answer.
    ///
    /// @param ids of what was acknowledged, for logs
    record Ignored(List<String> ids) implements Inbound {}
}
