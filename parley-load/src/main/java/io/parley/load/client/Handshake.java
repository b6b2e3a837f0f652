package io.parley.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The HTTP part of a WebSocket's beginning. Source: RFC 6455, 4.1.
final class Handshake {
    static final String SUBPROTOCOL = "lc.protobuf2.3";

    private static final ByteBuf END_OF_HEADERS =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));
    private static final int MAX_RESPONSE_BYTES = 16 * 1024;

    private Handshake() {}

    static byte[] request(Endpoint endpoint) {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        return ("GET " + endpoint.path() + " HTTP/1.1\r\n"
                        + "Host: " + endpoint.host() + ":" + endpoint.port() + "\r\n"
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: " + key + "\r\n"
                        + "Sec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// The whole response head, taken off `bytes`; empty while some of it is missing.
    static Optional<String> response(ByteBuf bytes) {
        int end = ByteBufUtil.indexOf(END_OF_HEADERS, bytes);
        if (end < 0) {
            if (bytes.readableBytes() > MAX_RESPONSE_BYTES) {
                throw new ConnectionLostException("the server's answer to the upgrade has no end");
            }
            return Optional.empty();
        }
        String head = bytes.toString(bytes.readerIndex(), end - bytes.readerIndex(), StandardCharsets.ISO_8859_1);
        bytes.readerIndex(end + 4);
        return Optional.of(head);
    }

    /// Why the response does not open a WebSocket; empty when it does.
    static Optional<String> objection(String head) {
        String status = head.lines().findFirst().orElse("");
        if (!status.startsWith("HTTP/1.1 101")) {
            return Optional.of("the server answered the upgrade with '" + status + "'");
        }
        String wanted = "sec-websocket-protocol: " + SUBPROTOCOL;
        if (head.lines().noneMatch(line -> line.toLowerCase(Locale.ROOT).strip().equals(wanted))) {
            return Optional.of("the server did not choose " + SUBPROTOCOL);
        }
        return Optional.empty();
    }
}
