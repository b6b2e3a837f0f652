package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client on a socket of its own that speaks protobuf, one command after the other, and keeps what it is told.
final class Device implements AutoCloseable {
    /// What the newest SDKs announce. Source: protocol 4.2.1.
    private static final long CAPABILITIES = 187;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<GenericCommand> received = new LinkedBlockingQueue<>();
    private final List<GenericCommand> told = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final String app;
    private final String client;
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile boolean reading = true;
    private int serial;
    private String token = "";

    private Device(URI server, String protocol, String client) {
        this(server, protocol, TestApp.ID, client, Map.of());
    }

    private Device(URI server, String protocol, String app, String client, Map<String, String> headers) {
        this.app = app;
        this.client = client;
        var builder = http.newWebSocketBuilder().subprotocols(protocol);
        headers.forEach(builder::header);
        socket = builder.buildAsync(server, new Recorder()).join();
    }

    /// Logged in; counts of unread messages come by themselves.
    static Device login(ParleyServer server, String client) throws InterruptedException {
        return login(server.webSocketUrl(), "lc.protobuf2.3", client);
    }

    /// @param server such as `ws://127.0.0.1:8080/`
    static Device login(URI server, String client) throws InterruptedException {
        return login(server, "lc.protobuf2.3", client);
    }

    /// Logged in; offline messages come by themselves.
    static Device loginLikeAnOldSdk(ParleyServer server, String client) throws InterruptedException {
        return login(server.webSocketUrl(), "lc.protobuf2.1", client);
    }

    /// A client of another app than [TestApp].
    static Device login(ParleyServer server, String app, String client) throws InterruptedException {
        Device device = new Device(server.webSocketUrl(), "lc.protobuf2.3", app, client, Map.of());
        device.alsoLogin(client);
        return device;
    }

    private static Device login(URI server, String protocol, String client) throws InterruptedException {
        Device device = new Device(server, protocol, client);
        device.alsoLogin(client);
        return device;
    }

    /// Connected, nobody logged in.
    static Device connect(ParleyServer server, String client) {
        return new Device(server.webSocketUrl(), "lc.protobuf2.3", client);
    }

    /// Connected from a page in a browser, nobody logged in.
    static Device connectFromPage(ParleyServer server, String client, String origin) {
        return new Device(server.webSocketUrl(), "lc.protobuf2.3", TestApp.ID, client, Map.of("Origin", origin));
    }

    /// Logged in through a proxy that says which addresses the call came by.
    static Device loginThrough(ParleyServer server, String forwardedFor, String client) throws InterruptedException {
        Device device = new Device(
                server.webSocketUrl(), "lc.protobuf2.3", TestApp.ID, client, Map.of("X-Forwarded-For", forwardedFor));
        device.alsoLogin(client);
        return device;
    }

    static Device loginFromPage(ParleyServer server, String client, String origin) throws InterruptedException {
        Device device = connectFromPage(server, client, origin);
        device.alsoLogin(client);
        return device;
    }

    /// One more client on the same socket.
    void alsoLogin(String other) throws InterruptedException {
        GenericCommand opened = open(other, session -> {});
        assertThat(opened.getOp()).as(opened.toString()).isEqualTo(OpType.opened);
        if (other.equals(client)) token = opened.getSessionMessage().getSt();
    }

    /// Asks to log in; returns the answer, whatever it is.
    GenericCommand open(Consumer<SessionCommand.Builder> fields) throws InterruptedException {
        return open(client, fields);
    }

    private GenericCommand open(String who, Consumer<SessionCommand.Builder> fields) throws InterruptedException {
        return ask(who, opening(fields));
    }

    private GenericCommand.Builder opening(Consumer<SessionCommand.Builder> fields) {
        SessionCommand.Builder session =
                SessionCommand.newBuilder().setUa("test").setConfigBitmap(CAPABILITIES);
        fields.accept(session);
        return GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.open)
                .setAppId(app)
                .setSessionMessage(session);
    }

    /// Asks to log in and waits until the server has closed the socket; returns its code.
    int isClosedWhenItOpens() {
        tell(opening(session -> {}));
        return isClosed();
    }

    /// Sends bytes that no command is made of.
    void tellRaw(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    /// Waits until the server has closed the socket; returns its code.
    int isClosed() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Leaves in the socket what comes from now on.
    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        socket.request(1);
    }

    /// What a REST call proves with that it is made for this session.
    String token() {
        return token;
    }

    /// Sends a command and returns its answer.
    GenericCommand ask(GenericCommand.Builder command) throws InterruptedException {
        return ask(client, command);
    }

    /// Sends a command of one of the socket's clients and returns its answer.
    GenericCommand ask(String who, GenericCommand.Builder command) throws InterruptedException {
        int i = ++serial;
        tell(who, command.setI(i));
        while (true) {
            GenericCommand frame = received.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("answer to " + command).isNotNull();
            if (frame.getI() == i) return frame;
            told.add(frame);
        }
    }

    /// Sends a command that has no answer.
    void tell(GenericCommand.Builder command) {
        tell(client, command);
    }

    private void tell(String who, GenericCommand.Builder command) {
        socket.sendBinary(ByteBuffer.wrap(command.setPeerId(who).build().toByteArray()), true)
                .join();
    }

    /// Sends a command that is refused, and returns the code.
    int refused(GenericCommand.Builder command) throws InterruptedException {
        return code(ask(command));
    }

    /// The code of a refusal, in whichever way it is told.
    static int code(GenericCommand answer) {
        if (answer.hasAckMessage()) return answer.getAckMessage().getCode();
        if (answer.getOp() == OpType.closed) return answer.getSessionMessage().getCode();
        assertThat(answer.getCmd()).as(answer.toString()).isEqualTo(CommandType.error);
        return answer.getErrorMessage().getCode();
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

    static GenericCommand.Builder command(OpType op, Consumer<ConvCommand.Builder> fields) {
        ConvCommand.Builder conv = ConvCommand.newBuilder();
        fields.accept(conv);
        return GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(conv);
    }

    /// A new conversation, whose id is returned.
    String start(Consumer<ConvCommand.Builder> fields) throws InterruptedException {
        GenericCommand started = conversation(OpType.start, fields);
        assertThat(started.getOp()).as(started.toString()).isEqualTo(OpType.started);
        return started.getConvMessage().getCid();
    }

    String startWith(String... others) throws InterruptedException {
        return start(conv -> conv.addAllM(List.of(others)));
    }

    String startRoom() throws InterruptedException {
        return start(conv -> conv.setTransient(true));
    }

    /// Documents that a query finds.
    JsonNode find(Consumer<ConvCommand.Builder> query) throws Exception {
        return JSON.readTree(
                conversation(OpType.query, query).getConvMessage().getResults().getData());
    }

    JsonNode find(String where) throws Exception {
        return find(query ->
                query.setWhere(JsonObjectMessage.newBuilder().setData(where)).setLimit(50));
    }

    /// The document of one conversation.
    JsonNode row(String conversation) throws Exception {
        JsonNode found = find("{\"objectId\":\"" + conversation + "\"}");
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    int count(String conversation) throws InterruptedException {
        return conversation(OpType.count, conv -> conv.setCid(conversation))
                .getConvMessage()
                .getCount();
    }

    List<LogItem> history(String conversation) throws InterruptedException {
        return ask(GenericCommand.newBuilder()
                        .setCmd(CommandType.logs)
                        .setLogsMessage(LogsCommand.newBuilder().setCid(conversation)))
                .getLogsMessage()
                .getLogsList();
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

    /// The text of the next message that it is told, whatever else it is told before.
    String nextMessage() throws InterruptedException {
        GenericCommand frame = next();
        while (!frame.hasDirectMessage()) frame = next();
        return frame.getDirectMessage().getMsg();
    }

    /// Texts of the messages among what it was told. What follows a login by a few milliseconds may come after them.
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
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
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
            if (reading) socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
