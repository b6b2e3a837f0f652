package io.parley.protocol;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outgoing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A negotiated sub-protocol: what frames look like, and how its clients get what they missed. Immutable; pure
/// functions.
public final class Wire {

    /// Picks the sub-protocol. Source: protocol 2.1, legacy-json 1.
    ///
    /// @param offered of `Sec-WebSocket-Protocol`, empty when the header is missing
    /// @param parameter of the URL, `subprotocol`; used only when nothing was offered, and never echoed
    /// @return empty when something was offered and nothing of it is known
    public static Optional<Wire> negotiate(List<String> offered, Optional<String> parameter) {
        throw new UnsupportedOperationException();
    }

    /// What the handshake answers as `Sec-WebSocket-Protocol`; empty: no such header.
    public Optional<String> echo() {
        throw new UnsupportedOperationException();
    }

    /// Frames are text, not binary.
    public boolean text() {
        throw new UnsupportedOperationException();
    }

    /// The JSON text protocol: refused logins are followed by a close, and silence is no sign of death (legacy-json 5,
    /// 9).
    public boolean json() {
        throw new UnsupportedOperationException();
    }

    /// Number of the wire format, for [Outgoing#encoded].
    public int format() {
        throw new UnsupportedOperationException();
    }

    public OfflineMode offlineMode() {
        throw new UnsupportedOperationException();
    }

    /// @param frame payload of one WebSocket message; text as UTF-8
    public Inbound read(ByteBuffer frame) throws MalformedFrameException {
        throw new UnsupportedOperationException();
    }

    /// The reply frame, or empty for [Reply.None].
    public Optional<byte[]> reply(Inbound.Request request, AppId app, ClientId peer, Reply reply) {
        throw new UnsupportedOperationException();
    }

    /// The frame that refuses a request; empty when none may be sent, because the request wants no reply (only a reopen
    /// with a token is answered without `i`, protocol 4.1.5).
    public Optional<byte[]> refusal(
            Inbound.Request request, Optional<AppId> app, Optional<ClientId> peer, Refusal why) {
        throw new UnsupportedOperationException();
    }

    public Optional<byte[]> refusal(Inbound.Refused refused, Optional<AppId> app, Optional<ClientId> peer) {
        throw new UnsupportedOperationException();
    }

    public byte[] echo(Inbound.Echo echo) {
        throw new UnsupportedOperationException();
    }

    /// `{}`.
    public byte[] heartbeat() {
        throw new UnsupportedOperationException();
    }

    public byte[] deviceLoggedIn(Inbound.DeviceLogin login) {
        throw new UnsupportedOperationException();
    }

    /// Use with [Outgoing#encoded], so that an event is encoded once per format.
    public SharedFrame share(Outgoing event) {
        throw new UnsupportedOperationException();
    }
}
