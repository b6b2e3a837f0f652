package io.parley.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// The server's answer to a send, read in place. Valid until the callback that got it returns; not thread-safe.
/// Source: protocol 4.5.3.
public final class AckView {
    private final FieldCursor fields = new FieldCursor();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int code;
    private long timestamp;
    private int reasonStart;
    private int reasonLength;
    private int idStart;
    private int idLength;

    void read(ByteBuf source, int start, int size) {
        buffer = source;
        code = 0;
        timestamp = 0;
        reasonLength = 0;
        idLength = 0;
        fields.reset(source, start, size);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> code = (int) fields.number();
                case 2 -> {
                    reasonStart = fields.start();
                    reasonLength = fields.length();
                }
                case 5 -> timestamp = fields.number();
                case 6 -> {
                    idStart = fields.start();
                    idLength = fields.length();
                }
                default -> {}
            }
        }
    }

    /// 0 when the message was accepted.
    public int code() {
        return code;
    }

    public String reason() {
        return reasonLength == 0 ? "" : buffer.toString(reasonStart, reasonLength, StandardCharsets.UTF_8);
    }

    public String messageId() {
        return idLength == 0 ? "" : buffer.toString(idStart, idLength, StandardCharsets.UTF_8);
    }

    /// Milliseconds since the epoch, by the server's clock.
    public long timestamp() {
        return timestamp;
    }
}
