package io.parley.protocol;

import io.parley.core.command.AppId;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.ReceiptCommand;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outgoing;
import io.parley.protocol.Inbound.Origin;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A negotiated sub-protocol: what frames look like, and how its clients get what they missed. Immutable; pure
/// functions.
public final class Wire {
    /// Frames about sessions say so: Swift drops pushes that do not. Source: protocol 4.1.3.
    private static final int IM = 2;

    private static final JsonFormat JSON = new JsonFormat();
    private static final Map<String, Wire> KNOWN = known();

    /// Clients that ask for nothing speak the JSON of 2016. Source: legacy-json 1.
    private static final Wire LEGACY = new Wire(Optional.empty(), JSON, OfflineMode.PUSHED_MESSAGES);

    private final Optional<String> echo;
    private final WireFormat format;
    private final OfflineMode offlineMode;

    private Wire(Optional<String> echo, WireFormat format, OfflineMode offlineMode) {
        this.echo = echo;
        this.format = format;
        this.offlineMode = offlineMode;
    }

    private static Map<String, Wire> known() {
        Map<String, Wire> known = new HashMap<>();
        Map<String, WireFormat> families =
                Map.of("lc.protobuf2.", new ProtobufFormat(), "lc.proto2base64.", new Base64Format(), "lc.json.", JSON);
        families.forEach((family, format) -> {
            for (int version = 1; version <= 3; version++) {
                String name = family + version;
                OfflineMode mode = version == 1 ? OfflineMode.PUSHED_MESSAGES : OfflineMode.UNREAD_COUNTS;
                known.put(name, new Wire(Optional.of(name), format, mode));
            }
        });
        return known;
    }

    /// Picks the sub-protocol. Source: protocol 2.1, legacy-json 1.
    ///
    /// @param offered of `Sec-WebSocket-Protocol`, empty when the header is missing
    /// @param parameter of the URL, `subprotocol`; used only when nothing was offered, and never echoed
    /// @return empty when something was offered and nothing of it is known
    public static Optional<Wire> negotiate(List<String> offered, Optional<String> parameter) {
        boolean nothing = true;
        for (String header : offered) {
            for (String name : header.split(",")) {
                Wire wire = KNOWN.get(name.trim());
                if (wire != null) return Optional.of(wire);
                nothing &= name.isBlank();
            }
        }
        if (!nothing) return Optional.empty();
        if (parameter.isEmpty() || parameter.get().isBlank()) return Optional.of(LEGACY);
        return Optional.ofNullable(KNOWN.get(parameter.get().trim())).map(Wire::silent);
    }

    private Wire silent() {
        return new Wire(Optional.empty(), format, offlineMode);
    }

    /// What the handshake answers as `Sec-WebSocket-Protocol`; empty: no such header.
    public Optional<String> echo() {
        return echo;
    }

    /// Frames are text, not binary.
    public boolean text() {
        return format.text();
    }

    /// The JSON text protocol: refused logins are followed by a close, and silence is no sign of death (legacy-json
    /// 5,
    /// 9).
    public boolean json() {
        return format == JSON;
    }

    /// Number of the wire format, for [Outgoing#encoded].
    public int format() {
        return format.number();
    }

    public OfflineMode offlineMode() {
        return offlineMode;
    }

    /// @param frame payload of one WebSocket message; text as UTF-8
    public Inbound read(ByteBuffer frame) throws MalformedFrameException {
        Frame decoded = format.decode(frame);
        if (!json()) return Requests.read(decoded);
        return decoded.isEmpty() ? new Inbound.Heartbeat() : ofLegacyJson(Requests.read(decoded));
    }

    /// What clients of the JSON protocol can is in no field of theirs. Source: legacy-json 7, 8.4.
    private static Inbound ofLegacyJson(Inbound inbound) {
        if (!(inbound instanceof Inbound.Request request) || !(request.command() instanceof SessionCommand.Open open))
            return inbound;
        return new Inbound.Request(
                request.app(),
                request.peer(),
                request.i(),
                open.with(open.capabilities().orElse(Capabilities.NONE).ofLegacyJson()));
    }

    /// The reply frame, or empty for [Reply.None].
    public Optional<byte[]> reply(Inbound.Request request, AppId app, ClientId peer, Reply reply) {
        // Without `i` nothing is answered but a login: Java reopens with a token like that. Source: protocol 4.1.1.
        if (request.i().isEmpty() && !(reply instanceof Reply.Opened)) return Optional.empty();
        return ReplyMapping.frame(reply)
                .map(frame -> format.encode(address(frame, request.i(), Optional.of(app), Optional.of(peer))
                        .build()));
    }

    /// The frame that refuses a request; empty when none may be sent, because the request wants no reply (only a
    /// reopen
    /// with a token is answered without `i`, protocol 4.1.5).
    public Optional<byte[]> refusal(
            Inbound.Request request, Optional<AppId> app, Optional<ClientId> peer, Refusal why) {
        return switch (request.command()) {
            case ReceiptCommand.Ack ack -> Optional.empty();
            case ReceiptCommand.Read read -> Optional.empty();
            case Command command -> {
                boolean reopens = command instanceof SessionCommand.Open open
                        && open.token().isPresent();
                yield refusal(origin(command), request.i(), reopens, app, peer, why);
            }
        };
    }

    public Optional<byte[]> refusal(Inbound.Refused refused, Optional<AppId> app, Optional<ClientId> peer) {
        return refusal(refused.origin(), refused.i(), false, app, peer, refused.refusal());
    }

    private Optional<byte[]> refusal(
            Origin origin, OptionalInt i, boolean reopens, Optional<AppId> app, Optional<ClientId> peer, Refusal why) {
        boolean login = origin == Origin.SESSION_OPEN;
        if (i.isEmpty() && !reopens && !(login && json())) return Optional.empty();
        GenericCommand.Builder frame = origin == Origin.SEND ? MessageMapping.refused(why) : ReplyMapping.error(why);
        GenericCommand error = address(frame, i, app, peer).build();
        return Optional.of(login ? format.encodeLoginRefusal(error) : format.encode(error));
    }

    private static Origin origin(Command command) {
        return switch (command) {
            case SessionCommand.Open open -> Origin.SESSION_OPEN;
            case MessageCommand.Send send -> Origin.SEND;
            case Command other -> Origin.OTHER;
        };
    }

    private GenericCommand.Builder address(
            GenericCommand.Builder frame, OptionalInt i, Optional<AppId> app, Optional<ClientId> peer) {
        frame.setService(IM);
        if (i.isPresent()) frame.setI(i.getAsInt());
        if (peer.isPresent()) frame.setPeerId(peer.get().value());
        if (format.namesApp() && app.isPresent()) frame.setAppId(app.get().value());
        return frame;
    }

    public byte[] echo(Inbound.Echo echo) {
        GenericCommand.Builder frame = GenericCommand.newBuilder().setCmd(CommandType.echo);
        echo.i().ifPresent(frame::setI);
        return format.encode(frame.build());
    }

    /// `{}`.
    public byte[] heartbeat() {
        return JsonFormat.HEARTBEAT.clone();
    }

    public byte[] deviceLoggedIn(Inbound.DeviceLogin login) {
        return format.encode(DeviceMapping.loggedIn(login).build());
    }

    /// Empty when the logout wants no answer.
    public Optional<byte[]> deviceLoggedOut(Inbound.DeviceLogout logout) {
        if (logout.i().isEmpty()) return Optional.empty();
        return Optional.of(format.encode(
                DeviceMapping.loggedOut(logout, logout.i().getAsInt()).build()));
    }

    /// Use with [Outgoing#encoded], so that an event is encoded once per format.
    public SharedFrame share(Outgoing event) {
        GenericCommand.Builder frame = EventMapping.frame(event.event()).setService(IM);
        if (format.namesApp()) frame.setAppId(event.app().value());
        return format.share(frame.build());
    }
}
