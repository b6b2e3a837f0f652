package io.parley.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import io.parley.testing.TestApp;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A client without an SDK: sends protobuf commands, one after the other, and keeps what arrives. Used by one test.
public final class WireClient implements AutoCloseable {
    /// What the JavaScript SDK 5 announces. Source: protocol 4.2.6
    private static final long CAPABILITIES = 187;

    private final String id;
    private final HttpClient http;
    private final WebSocket socket;
    private final BlockingQueue<GenericCommand> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private int serial;
    private String token = "";

    private WireClient(URI server, HttpClient http, String id, String origin) {
        this.id = id;
        this.http = http;
        var builder = http.newWebSocketBuilder().subprotocols("lc.protobuf2.3");
        if (!origin.isEmpty()) builder.header("Origin", origin);
        URI url = URI.create("ws" + server.toString().substring("http".length()) + "/");
        socket = builder.buildAsync(url, new Inbox()).join();
    }

    static WireClient connect(URI server, TestAuthority authority, String id, String origin) {
        HttpClient http =
                HttpClient.newBuilder().sslContext(authority.clientContext()).build();
        return new WireClient(server, http, id, origin);
    }

    public String id() {
        return id;
    }

    /// Of its session; empty before the login.
    public String token() {
        return token;
    }

    /// Logs in.
    public void logsIn() {
        GenericCommand opened = asks(login());
        assertThat(opened.getOp()).as(opened.toString()).isEqualTo(OpType.opened);
        token = opened.getSessionMessage().getSt();
    }

    /// A login as the JavaScript SDK 5 sends it.
    public GenericCommand.Builder login() {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.open)
                .setAppId(TestApp.ID)
                .setPeerId(id)
                .setSessionMessage(SessionCommand.newBuilder().setUa("raw").setConfigBitmap(CAPABILITIES));
    }

    /// Sends a command and waits for its answer, whatever it is.
    public GenericCommand asks(GenericCommand.Builder command) {
        int i = ++serial;
        sends(command.setI(i));
        return expects("an answer to " + command, frame -> frame.hasI() && frame.getI() == i);
    }

    /// Sends a command and waits for its answer, which must be a refusal; returns its code.
    public int isRefused(GenericCommand.Builder command) {
        GenericCommand answer = asks(command);
        if (answer.hasAckMessage()) return answer.getAckMessage().getCode();
        assertThat(answer.getCmd()).as(answer.toString()).isEqualTo(CommandType.error);
        return answer.getErrorMessage().getCode();
    }

    public void sends(GenericCommand.Builder command) {
        socket.sendBinary(ByteBuffer.wrap(command.build().toByteArray()), true).join();
    }

    /// Takes the next frame of that operation, leaving out what came before.
    public GenericCommand expects(OpType op) {
        return expects(op.toString(), frame -> frame.getOp() == op);
    }

    private GenericCommand expects(String what, Predicate<GenericCommand> filter) {
        try {
            while (true) {
                GenericCommand frame = arrived.poll(Recorder.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (frame == null) throw new AssertionError(id + " did not get " + what);
                if (filter.test(frame)) return frame;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    /// Waits until the server has closed the socket and returns its code.
    public int isClosed() {
        return closed.orTimeout(Recorder.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// The socket ends without a word.
    public void drops() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Inbox implements WebSocket.Listener {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                try {
                    arrived.add(GenericCommand.parseFrom(parts.toByteArray()));
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError("the server sent something else than a command", e);
                }
                parts.reset();
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
