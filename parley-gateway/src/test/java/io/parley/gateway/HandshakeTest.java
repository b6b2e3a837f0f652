package io.parley.gateway;

import static io.parley.gateway.RawSocket.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private final TestGateway server = new TestGateway();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_client_that_asks_for_no_sub_protocol_is_answered_without_one() throws Exception {
        try (RawSocket socket = server.raw()) {
            socket.request("GET /any/path?x=1 HTTP/1.1", handshake());
            assertThat(socket.status).isEqualTo(101);
            assertThat(socket.responseHeader("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(socket.responseHeader("Sec-WebSocket-Protocol")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lc.protobuf2.3", "lc.protobuf2.1", "lc.proto2base64.3", "lc.proto2base64.1", "lc.json.3"})
    void the_sub_protocol_that_is_asked_for_is_echoed(String token) throws Exception {
        try (RawSocket socket = server.raw()) {
            socket.request("GET / HTTP/1.1", handshake("Sec-WebSocket-Protocol: mqtt, " + token));
            assertThat(socket.status).isEqualTo(101);
            assertThat(socket.responseHeader("Sec-WebSocket-Protocol")).contains(token);
        }
    }

    @Test
    void a_sub_protocol_in_the_url_is_taken_and_not_echoed() throws Exception {
        try (RawSocket socket = server.raw()) {
            socket.request("GET /?subprotocol=lc.protobuf2.3 HTTP/1.1", handshake());
            assertThat(socket.responseHeader("Sec-WebSocket-Protocol")).isEmpty();
            socket.send(
                    ServerFrame.BINARY,
                    GenericCommand.newBuilder().setCmd(CommandType.echo).build().toByteArray());
            assertThat(GenericCommand.parseFrom(socket.next().payload()).getCmd())
                    .isEqualTo(CommandType.echo);
        }
    }

    @Test
    void unknown_sub_protocols_are_refused() throws Exception {
        try (RawSocket socket = server.raw()) {
            socket.request("GET / HTTP/1.1", handshake("Sec-WebSocket-Protocol: mqtt"));
            assertThat(socket.status).isEqualTo(400);
            assertThat(socket.readBody()).startsWith("{\"code\":1,\"error\":");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key", "Connection"})
    void a_handshake_without_a_header_is_refused(String missing) throws Exception {
        try (RawSocket socket = server.raw()) {
            List<String> headers = handshake();
            headers.removeIf(header -> header.startsWith(missing));
            socket.request("GET / HTTP/1.1", headers);
            assertThat(socket.status).isEqualTo(400);
            assertThat(socket.readBody()).contains(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: short", "Sec-WebSocket-Key: ?"})
    void a_handshake_with_a_wrong_header_is_refused(String wrong) throws Exception {
        try (RawSocket socket = server.raw()) {
            List<String> headers = handshake();
            headers.removeIf(header -> header.startsWith(wrong.substring(0, wrong.indexOf(':'))));
            headers.add(wrong);
            socket.request("GET / HTTP/1.1", headers);
            assertThat(socket.status).isEqualTo(400);
            assertThat(socket.responseHeader("Sec-WebSocket-Version")).contains("13");
        }
    }

    @Test
    void compression_is_declined() throws Exception {
        try (RawSocket socket = server.raw()) {
            socket.request(
                    "GET / HTTP/1.1",
                    handshake("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"));
            assertThat(socket.status).isEqualTo(101);
            assertThat(socket.responseHeader("Sec-WebSocket-Extensions")).isEmpty();
        }
    }

    /// Fails when a new version of Vert.x builds its pipeline differently.
    @Test
    void nothing_of_the_http_server_stays_in_the_pipeline() throws Exception {
        HttpServerOptions everything = new HttpServerOptions()
                .setIdleTimeout(30)
                .setCompressionSupported(true)
                .setDecompressionSupported(true);
        try (TestGateway full = new TestGateway(TestGateway.RELAXED, everything);
                JsonClient client = full.json()) {
            client.says("{}");
            client.next();
            List<Class<? extends ChannelHandler>> handlers =
                    full.channels.getFirst().pipeline().toMap().values().stream()
                            .<Class<? extends ChannelHandler>>map(ChannelHandler::getClass)
                            .toList();
            assertThat(handlers)
                    .isEqualTo(
                            List.of(WebSocket13FrameDecoder.class, WebSocketFrameAggregator.class, Connection.class));
        }
    }

    @Test
    void closing_the_http_server_closes_its_websockets() throws Exception {
        try (JsonClient client = server.json().loggedIn("tom")) {
            server.http.close().await();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void another_websocket_implementation_gets_along() throws Exception {
        CompletableFuture<ByteBuffer> heard = new CompletableFuture<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .subprotocols("lc.protobuf2.3")
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port + "/"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
                            heard.complete(data);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .join();
            byte[] echo = GenericCommand.newBuilder()
                    .setCmd(CommandType.echo)
                    .setI(-7)
                    .build()
                    .toByteArray();
            socket.sendBinary(ByteBuffer.wrap(echo), true).join();
            socket.request(1);
            assertThat(GenericCommand.parseFrom(heard.get(20, TimeUnit.SECONDS)).getI())
                    .isEqualTo(-7);
            socket.sendClose(1000, "").join();
        }
    }
}
