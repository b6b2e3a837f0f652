package io.parley.load.client;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.ReadCommand;
import io.parley.protocol.proto.ReadTuple;
import io.parley.protocol.proto.SessionCommand;
import java.util.Collection;
import java.util.Optional;

/// The requests a load needs, with the fields the JavaScript SDK 5 sends.
public final class Commands {
    private static final long CAPABILITIES = 187; // protocol 4.2.1

    private Commands() {}

    /// Source: protocol 4.2.1.
    public static GenericCommand.Builder open(Identity identity) {
        return session(OpType.open)
                .setAppId(identity.app())
                .setPeerId(identity.client())
                .setSessionMessage(SessionCommand.newBuilder()
                        .setUa("parley-load")
                        .setR(false)
                        .setDeviceId(identity.device())
                        .setLastPatchTime(System.currentTimeMillis())
                        .setConfigBitmap(CAPABILITIES));
    }

    /// An `open` after a lost connection, with the token of the session before.
    public static GenericCommand.Builder reopen(Identity identity, String token, long lastUnreadNotice) {
        SessionCommand.Builder session = SessionCommand.newBuilder()
                .setUa("parley-load")
                .setR(true)
                .setSt(token)
                .setLastPatchTime(System.currentTimeMillis())
                .setConfigBitmap(CAPABILITIES);
        if (lastUnreadNotice > 0) {
            session.setLastUnreadNotifTime(lastUnreadNotice);
        }
        return session(OpType.open)
                .setAppId(identity.app())
                .setPeerId(identity.client())
                .setSessionMessage(session);
    }

    /// Source: protocol 4.2.7.
    public static GenericCommand.Builder isOnline(String client) {
        return session(OpType.query)
                .setSessionMessage(SessionCommand.newBuilder().addSessionPeerIds(client));
    }

    public static GenericCommand.Builder closeSession() {
        return session(OpType.close);
    }

    /// Source: protocol 4.3.1.
    ///
    /// @param members with the creator
    public static GenericCommand.Builder start(String name, Collection<String> members) {
        return conversation(
                OpType.start,
                ConvCommand.newBuilder()
                        .addAllM(members)
                        .setUnique(false)
                        .setAttr(JsonObjectMessage.newBuilder().setData("{\"name\":\"" + name + "\"}")));
    }

    /// A chat room. Source: protocol 4.3.1.
    public static GenericCommand.Builder startRoom(String name, String creator) {
        return conversation(
                OpType.start,
                ConvCommand.newBuilder()
                        .addM(creator)
                        .setTransient(true)
                        .setUnique(false)
                        .setTempConv(false)
                        .setAttr(JsonObjectMessage.newBuilder().setData("{\"name\":\"" + name + "\"}")));
    }

    /// Source: protocol 4.3.2. Adding oneself means joining.
    public static GenericCommand.Builder add(String conversation, Collection<String> members) {
        return conversation(
                OpType.add, ConvCommand.newBuilder().setCid(conversation).addAllM(members));
    }

    public static GenericCommand.Builder remove(String conversation, Collection<String> members) {
        return conversation(
                OpType.remove, ConvCommand.newBuilder().setCid(conversation).addAllM(members));
    }

    /// Source: protocol 4.7. Not answered; the unread push that follows is the sign that it took effect.
    public static GenericCommand.Builder read(String conversation, String message, long timestamp) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.read)
                .setReadMessage(ReadCommand.newBuilder()
                        .addConvs(ReadTuple.newBuilder()
                                .setCid(conversation)
                                .setMid(message)
                                .setTimestamp(timestamp)));
    }

    /// A place in a conversation's history.
    public record Place(String message, long timestamp) {}

    /// A page of history. Source: protocol 4.9.
    ///
    /// @param start not included; empty means: from this direction's end
    public static GenericCommand.Builder logs(
            String conversation, LogsCommand.QueryDirection direction, Optional<Place> start, int limit) {
        LogsCommand.Builder logs =
                LogsCommand.newBuilder().setCid(conversation).setL(limit).setDirection(direction);
        start.ifPresent(place -> logs.setMid(place.message()).setT(place.timestamp()));
        return GenericCommand.newBuilder().setCmd(CommandType.logs).setLogsMessage(logs);
    }

    private static GenericCommand.Builder session(OpType op) {
        return GenericCommand.newBuilder().setCmd(CommandType.session).setOp(op);
    }

    private static GenericCommand.Builder conversation(OpType op, ConvCommand.Builder body) {
        return GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(body);
    }
}
