package io.parley.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/// A client of the sub-protocol `lc.protobuf2.3`, or of `lc.proto2base64.3`.
final class ProtobufClient extends RawSocket {
    private final boolean base64;

    ProtobufClient(int port) throws IOException {
        this(port, false);
    }

    ProtobufClient(int port, boolean base64) throws IOException {
        super(port, 0);
        this.base64 = base64;
        String protocol = base64 ? "lc.proto2base64.3" : "lc.protobuf2.3";
        request("GET / HTTP/1.1", handshake("Sec-WebSocket-Protocol: " + protocol));
    }

    void says(GenericCommand.Builder command) {
        byte[] frame = command.build().toByteArray();
        if (base64) send(ServerFrame.TEXT, Base64.getEncoder().encode(frame));
        else send(ServerFrame.BINARY, frame);
    }

    ProtobufClient opens(String app, String client, int i, String userAgent) {
        says(GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.open)
                .setAppId(app)
                .setPeerId(client)
                .setI(i)
                .setSessionMessage(SessionCommand.newBuilder().setUa(userAgent)));
        return this;
    }

    ProtobufClient loggedIn(String client) {
        return loggedIn(client, "js/5.0.0");
    }

    ProtobufClient loggedIn(String client, String userAgent) {
        opens("app", client, 1, userAgent);
        GenericCommand opened = hears();
        if (opened.getOp() != OpType.opened) throw new AssertionError(opened);
        return this;
    }

    /// A question whose answer comes after all that was asked before.
    void asks(int i) {
        says(question(i));
    }

    void asksAs(String client, int i) {
        says(question(i).setPeerId(client));
    }

    private static GenericCommand.Builder question(int i) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.query)
                .setI(i)
                .setSessionMessage(SessionCommand.newBuilder().addAllSessionPeerIds(List.of("nobody")));
    }

    void logsOut(String client, int i) {
        says(GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.close)
                .setPeerId(client)
                .setI(i));
    }

    GenericCommand hears() {
        Frame frame = next();
        if (frame.opcode() != (base64 ? ServerFrame.TEXT : ServerFrame.BINARY))
            throw new AssertionError("not a command but " + frame);
        try {
            return GenericCommand.parseFrom(base64 ? Base64.getDecoder().decode(frame.payload()) : frame.payload());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
