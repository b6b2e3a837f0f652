package io.parley.load.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes WebSocket frames of a client. Source: RFC 6455, 5.2 and 5.3.
public final class Frames {
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int MAX_HEADER = 14;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /// How many bytes [#write] needs at most.
    public static int size(int payload) {
        return payload + MAX_HEADER;
    }

    /// Appends one whole message.
    ///
    /// @param mask never zero: a server must do the real work of unmasking
    /// @param scratch at least as long as the payload; overwritten
    public static void write(ByteBuf target, int opcode, byte[] payload, int length, int mask, byte[] scratch) {
        target.writeByte(FINAL | opcode);
        if (length < 126) {
            target.writeByte(MASKED | length);
        } else if (length < 1 << 16) {
            target.writeByte(MASKED | 126);
            target.writeShort(length);
        } else {
            target.writeByte(MASKED | 127);
            target.writeLong(length);
        }
        target.writeInt(mask);
        long wide = ((mask & 0xffffffffL) << 32) | (mask & 0xffffffffL);
        int index = 0;
        for (; index + 8 <= length; index += 8) {
            LONG.set(scratch, index, (long) LONG.get(payload, index) ^ wide);
        }
        for (; index < length; index++) {
            scratch[index] = (byte) (payload[index] ^ (mask >>> (24 - 8 * (index & 3))));
        }
        target.writeBytes(scratch, 0, length);
    }
}
