package io.parley.core.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Logging in and out. Source: protocol 4.2.
public sealed interface SessionCommand extends Command {

    /// @param client absent: the server makes up an id and returns it
    /// @param reconnect an automatic re-login, which never forces another device off
    /// @param token of an earlier session; replaces the signature
    /// @param capabilities absent on some reconnects, which then keep those of the token or of the device
    /// @param unreadSince only conversations whose unread state changed after this, in milliseconds since the epoch
    /// @param patchesSince only edits and recalls after this, in milliseconds since the epoch
    record Open(
            Optional<ClientId> client,
            String userAgent,
            boolean reconnect,
            Optional<String> tag,
            Device device,
            Optional<String> token,
            Optional<Signature> signature,
            Optional<Capabilities> capabilities,
            OptionalLong unreadSince,
            OptionalLong patchesSince)
            implements SessionCommand {
        public Open with(Capabilities capabilities) {
            return new Open(
                    client,
                    userAgent,
                    reconnect,
                    tag,
                    device,
                    token,
                    signature,
                    Optional.of(capabilities),
                    unreadSince,
                    patchesSince);
        }
    }

    /// Asks for a new session token.
    record Refresh(Optional<String> token, Optional<Signature> signature) implements SessionCommand {}

    /// A planned logout, unlike a dropped connection.
    record Close() implements SessionCommand {}

    /// Which of these clients are online? Only the first 20 are looked at.
    record Online(List<ClientId> clients) implements SessionCommand {
        public static final int MAX_CLIENTS = 20;

        public Online {
            clients = List.copyOf(clients.size() > MAX_CLIENTS ? clients.subList(0, MAX_CLIENTS) : clients);
        }
    }

    /// Forces a client off on all its devices, and makes all that was signed for it before worthless. For the
    /// application.
    ///
    /// @param reason told to the client; cut to [#MAX_REASON] characters
    record Kick(ClientId client, String reason) implements SessionCommand {
        public static final int MAX_REASON = 20;

        public Kick {
            if (reason.codePointCount(0, reason.length()) > MAX_REASON)
                reason = reason.substring(0, reason.offsetByCodePoints(0, MAX_REASON));
        }
    }

    /// The device token changed while the session was open.
    record ReportDeviceToken(String deviceToken) implements SessionCommand {}
}
