package io.parley.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Encodes what the server sends: unmasked, never fragmented, header and payload in one buffer, so that a frame
/// costs one entry of the channel's write queue. Source: RFC 6455, 5.2.
final class ServerFrame {
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final byte[] EMPTY = {};

    private static final int FINAL = 0x80;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;
    private static final int MAX_HEADER = 10;

    private ServerFrame() {}

    /// @param tail follows the body; the body may be shared with other connections
    static ByteBuf encode(ByteBufAllocator allocator, int opcode, byte[] body, byte[] tail) {
        int length = body.length + tail.length;
        ByteBuf frame = allocator.ioBuffer(MAX_HEADER + length);
        frame.writeByte(FINAL | opcode);
        if (length < LENGTH_IN_16_BITS) {
            frame.writeByte(length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(LENGTH_IN_16_BITS);
            frame.writeShort(length);
        } else {
            frame.writeByte(LENGTH_IN_64_BITS);
            frame.writeLong(length);
        }
        return frame.writeBytes(body).writeBytes(tail);
    }

    /// The payload of a close frame.
    static byte[] closing(int code, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + utf8.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(utf8, 0, payload, 2, utf8.length);
        return payload;
    }
}
