package io.parley.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import java.io.IOException;
import java.util.List;

/// A client of the sub-protocol `lc.protobuf2.3`.
final class ProtobufClient extends RawSocket {
    ProtobufClient(int port) throws IOException {
        super(port, 0);
        request("GET / HTTP/1.1", handshake("Sec-WebSocket-Protocol: lc.protobuf2.3"));
    }

    void says(GenericCommand.Builder command) {
        send(ServerFrame.BINARY, command.build().toByteArray());
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
        if (frame.opcode() != ServerFrame.BINARY) throw new AssertionError("not binary but " + frame);
        try {
            return GenericCommand.parseFrom(frame.payload());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
