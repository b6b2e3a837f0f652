package io.parley.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.parley.protocol.Wire;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The WebSocket handshake, and the hand-over of its channel from Vert.x to a pipeline of our own: the only class
/// that knows the inside of Vert.x. Its own WebSocket would encode a text for each recipient anew and takes several
/// times the memory.
///
/// The HTTP server must not speak HTTP/2 in clear text, whose upgrade handler would stay in the pipeline.
/// Extensions such as permessage-deflate are declined by not naming them. Thread-safe.
final class WebSocketUpgrade {
    private static final Logger log = LoggerFactory.getLogger(WebSocketUpgrade.class);

    /// Vert.x's names in the pipeline of a channel that was turned into a plain socket.
    private static final String VERTX_HANDLER = "handler";

    private static final List<String> VERTX_MAY_LEAVE = List.of("idle", "inflater");

    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    /// Source: RFC 6455, 1.3.
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// The generic code of an error body. Source: rest 3.
    private static final int GENERIC = 1;

    private final WebSocketDecoderConfig decoding;
    private final boolean trustProxy;
    private final Maker connections;

    WebSocketUpgrade(int maxFrameBytes, boolean trustProxy, Maker connections) {
        this.trustProxy = trustProxy;
        this.connections = connections;
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(maxFrameBytes)
                .closeOnProtocolViolation(false) // the connection picks the close code
                .build();
    }

    /// Makes the connection of a channel that was taken over.
    interface Maker {
        Connection make(Channel channel, Wire wire, Upgraded request);
    }

    /// Answers the request with 101 and takes its channel over, or with 400. On the request's event loop.
    void accept(HttpServerRequest request) {
        Optional<String> wrong = malformed(request);
        if (wrong.isPresent()) {
            request.response().putHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            refuse(request, 400, wrong.get());
            return;
        }
        List<String> offered = tokens(request, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        Optional<Wire> wire = Wire.negotiate(offered, Optional.ofNullable(request.getParam("subprotocol")));
        if (wire.isEmpty()) {
            refuse(request, 400, "none of the offered sub-protocols is known");
            return;
        }
        takeOver(request, wire.get());
    }

    static void refuse(HttpServerRequest request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("code", GENERIC).put("error", why).encode());
    }

    /// What is wrong with the handshake. Source: RFC 6455, 4.2.1.
    private static Optional<String> malformed(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_1_1) return Optional.of("a WebSocket needs HTTP/1.1");
        if (!request.method().equals(HttpMethod.GET)) return Optional.of("a WebSocket handshake is a GET");
        if (!lowerCase(tokens(request, HttpHeaderNames.UPGRADE)).contains("websocket"))
            return Optional.of("the header Upgrade must say websocket");
        if (!lowerCase(tokens(request, HttpHeaderNames.CONNECTION)).contains("upgrade"))
            return Optional.of("the header Connection must say Upgrade");
        if (!VERSION.equals(request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION)))
            return Optional.of("the header Sec-WebSocket-Version must be " + VERSION);
        String key = request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (key == null || !isKey(key)) return Optional.of("the header Sec-WebSocket-Key must be 16 bytes in base64");
        return Optional.empty();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static List<String> tokens(HttpServerRequest request, CharSequence header) {
        List<String> tokens = new ArrayList<>();
        for (String line : request.headers().getAll(header))
            for (String token : line.split(",")) if (!token.isBlank()) tokens.add(token.strip());
        return tokens;
    }

    private static List<String> lowerCase(List<String> tokens) {
        return tokens.stream().map(token -> token.toLowerCase(Locale.ROOT)).toList();
    }

    private void takeOver(HttpServerRequest request, Wire wire) {
        HttpServerResponse response = request.response()
                .setStatusCode(101)
                .putHeader(HttpHeaderNames.UPGRADE, "websocket")
                .putHeader(HttpHeaderNames.CONNECTION, "Upgrade")
                .putHeader(
                        HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
                        accepted(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
        wire.echo().ifPresent(token -> response.putHeader(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, token));
        log.debug(
                "connecting remote={} origin={} protocol={}",
                request.remoteAddress(),
                request.getHeader(HttpHeaderNames.ORIGIN),
                wire.echo().orElse("(none)"));
        request.toNetSocket()
                .map(socket -> {
                    install(socket, wire, Upgraded.of(request, trustProxy));
                    return socket;
                })
                .onFailure(failure -> {
                    log.error("a WebSocket could not be taken over", failure);
                    request.connection().close();
                });
    }

    private void install(NetSocket socket, Wire wire, Upgraded request) {
        Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        ChannelPipeline pipeline = channel.pipeline();
        Connection connection = connections.make(channel, wire, request);
        for (ChannelHandler handler : new ChannelHandler[] {
            new WebSocket13FrameDecoder(decoding),
            new WebSocketFrameAggregator(decoding.maxFramePayloadLength()),
            connection
        }) pipeline.addBefore(VERTX_HANDLER, null, handler);
        pipeline.remove(VERTX_HANDLER);
        for (String name : VERTX_MAY_LEAVE) if (pipeline.get(name) != null) pipeline.remove(name);
        connection.start();
    }

    private static String accepted(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
