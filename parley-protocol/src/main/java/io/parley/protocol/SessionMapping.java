package io.parley.protocol;

import io.parley.core.command.Capabilities;
import io.parley.core.command.Command;
import io.parley.core.command.Device;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.command.Signature;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Logging in and out. Source: protocol 4.2.
final class SessionMapping {
    /// A tag that means none. Source: protocol 4.2.6.
    private static final String NO_TAG = "default";

    private static final int MAX_USER_AGENT = 256;

    private SessionMapping() {}

    static Command command(Frame frame) {
        GenericCommand command = frame.command();
        if (!command.hasOp()) throw Requests.nothingLike(frame);
        io.parley.protocol.proto.SessionCommand session = command.getSessionMessage();
        return switch (command.getOp()) {
            case open -> open(frame);
            case refresh -> new SessionCommand.Refresh(token(session), signature(frame));
            case close -> new SessionCommand.Close();
            case query -> new SessionCommand.Online(Fields.possibleClients(firstOf(session.getSessionPeerIdsList())));
            default -> throw Requests.nothingLike(frame);
        };
    }

    private static SessionCommand.Open open(Frame frame) {
        io.parley.protocol.proto.SessionCommand session = frame.command().getSessionMessage();
        String ua = session.getUa();
        Device device = new Device(
                Fields.bounded("deviceToken", session.getDeviceToken(), ErrorCode.INVALID_LOGIN),
                Fields.bounded("deviceId", session.getDeviceId(), ErrorCode.INVALID_LOGIN));
        return new SessionCommand.Open(
                Requests.peer(frame.command()),
                ua.length() > MAX_USER_AGENT ? ua.substring(0, MAX_USER_AGENT) : ua,
                session.getR(),
                tag(session.getTag()),
                device,
                token(session),
                signature(frame),
                session.hasConfigBitmap() ? Optional.of(new Capabilities(session.getConfigBitmap())) : Optional.empty(),
                session.hasLastUnreadNotifTime()
                        ? OptionalLong.of(session.getLastUnreadNotifTime())
                        : OptionalLong.empty(),
                session.hasLastPatchTime() ? OptionalLong.of(session.getLastPatchTime()) : OptionalLong.empty());
    }

    private static Optional<String> tag(String tag) {
        return Fields.text(Fields.bounded("tag", tag, ErrorCode.INVALID_LOGIN)).filter(named -> !named.equals(NO_TAG));
    }

    private static Optional<String> token(io.parley.protocol.proto.SessionCommand session) {
        return Fields.text(session.getSt());
    }

    private static Optional<Signature> signature(Frame frame) {
        io.parley.protocol.proto.SessionCommand session = frame.command().getSessionMessage();
        String time = frame.signatureTime().orElseGet(() -> session.hasT() ? Long.toString(session.getT()) : "");
        return Fields.signature(session.getS(), time, session.getN());
    }

    private static List<String> firstOf(List<String> pids) {
        return pids.size() > SessionCommand.Online.MAX_CLIENTS
                ? pids.subList(0, SessionCommand.Online.MAX_CLIENTS)
                : pids;
    }

    /// No code: JS takes any for a failure. JS and Swift cannot reconnect without a token and its life time.
    static GenericCommand.Builder opened(Reply.Opened opened) {
        return frame(OpType.opened, token(opened.token(), Fields.seconds(opened.ttl())))
                .setServerTs(opened.serverTime());
    }

    static GenericCommand.Builder refreshed(Reply.Refreshed refreshed) {
        return frame(OpType.refreshed, token(refreshed.token(), Fields.seconds(refreshed.ttl())));
    }

    private static io.parley.protocol.proto.SessionCommand.Builder token(String token, int ttl) {
        return io.parley.protocol.proto.SessionCommand.newBuilder().setSt(token).setStTtl(ttl);
    }

    /// No code here: Java would report a kick. Source: protocol 10.1, 27.
    static GenericCommand.Builder closed() {
        return frame(OpType.closed, io.parley.protocol.proto.SessionCommand.newBuilder());
    }

    static GenericCommand.Builder online(Reply.Online online) {
        return frame(
                OpType.query_result,
                io.parley.protocol.proto.SessionCommand.newBuilder()
                        .addAllOnlineSessionPeerIds(Fields.names(online.clients())));
    }

    static GenericCommand.Builder closed(Event.SessionClosed closed) {
        return frame(
                OpType.closed,
                io.parley.protocol.proto.SessionCommand.newBuilder()
                        .setCode(closed.code().number())
                        .setReason(closed.reason()));
    }

    private static GenericCommand.Builder frame(OpType op, io.parley.protocol.proto.SessionCommand.Builder session) {
        return GenericCommand.newBuilder().setCmd(CommandType.session).setOp(op).setSessionMessage(session);
    }
}
