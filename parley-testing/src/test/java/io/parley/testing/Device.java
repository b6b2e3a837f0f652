package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A client on a socket of its own that speaks protobuf, one command after the other, and keeps what it is told.
final class Device implements AutoCloseable {
    /// What the newest SDKs announce. Source: protocol 4.2.1.
    private static final long CAPABILITIES = 187;

    private final BlockingQueue<GenericCommand> received = new LinkedBlockingQueue<>();
    private final List<GenericCommand> told = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final String client;
    private int serial;
    private String token = "";

    private Device(ParleyServer server, String protocol, String client) {
        this.client = client;
        socket = http.newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(server.webSocketUrl(), new Recorder())
                .join();
    }

    /// Logged in; counts of unread messages come by themselves.
    static Device login(ParleyServer server, String client) throws InterruptedException {
        return login(server, "lc.protobuf2.3", client);
    }

    /// Logged in; offline messages come by themselves.
    static Device loginLikeAnOldSdk(ParleyServer server, String client) throws InterruptedException {
        return login(server, "lc.protobuf2.1", client);
    }

    private static Device login(ParleyServer server, String protocol, String client) throws InterruptedException {
        Device device = new Device(server, protocol, client);
        GenericCommand opened = device.ask(GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.open)
                .setAppId(TestApp.ID)
                .setSessionMessage(SessionCommand.newBuilder().setUa("test").setConfigBitmap(CAPABILITIES)));
        assertThat(opened.getOp()).isEqualTo(OpType.opened);
        device.token = opened.getSessionMessage().getSt();
        return device;
    }

    /// What a REST call proves with that it is made for this session.
    String token() {
        return token;
    }

    /// Sends a command and returns its answer.
    GenericCommand ask(GenericCommand.Builder command) throws InterruptedException {
        int i = ++serial;
        tell(command.setI(i));
        while (true) {
            GenericCommand frame = received.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("answer to " + command).isNotNull();
            if (frame.getI() == i) return frame;
            told.add(frame);
        }
    }

    /// Sends a command that has no answer.
    void tell(GenericCommand.Builder command) {
        socket.sendBinary(ByteBuffer.wrap(command.setPeerId(client).build().toByteArray()), true)
                .join();
    }

    GenericCommand conversation(OpType op, Consumer<ConvCommand.Builder> fields) throws InterruptedException {
        ConvCommand.Builder conv = ConvCommand.newBuilder();
        fields.accept(conv);
        return ask(
                GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(conv));
    }

    GenericCommand send(String conversation, String text) throws InterruptedException {
        return ask(GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setDirectMessage(
                        DirectCommand.newBuilder().setCid(conversation).setMsg(text)));
    }

    /// The next thing that the server says by itself.
    GenericCommand next() throws InterruptedException {
        if (!told.isEmpty()) return told.removeFirst();
        GenericCommand frame = received.poll(10, TimeUnit.SECONDS);
        assertThat(frame).as("something that %s is told", client).isNotNull();
        return frame;
    }

    /// What the server has said so far that nobody looked at: its answer to a question is the end of it.
    List<GenericCommand> told() throws InterruptedException {
        ask(GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.query)
                .setSessionMessage(SessionCommand.newBuilder().addSessionPeerIds(client)));
        List<GenericCommand> all = List.copyOf(told);
        told.clear();
        return all;
    }

    /// Texts of the messages among what it was told.
    List<String> messages() throws InterruptedException {
        return told().stream()
                .filter(GenericCommand::hasDirectMessage)
                .map(frame -> frame.getDirectMessage().getMsg())
                .toList();
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }

    private final class Recorder implements WebSocket.Listener {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                try {
                    received.add(GenericCommand.parseFrom(parts.toByteArray()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                parts.reset();
            }
            return WebSocket.Listener.super.onBinary(socket, part, last);
        }
    }
}
