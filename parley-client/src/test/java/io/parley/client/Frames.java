package io.parley.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Just enough of WebSocket to take it apart and to put it together again.
final class Frames {
    static final int BINARY = 2;
    static final int CLOSE = 8;

    private Frames() {}

    /// One frame, as it travels and what is in it.
    @SuppressWarnings("ArrayRecordComponent") // taken apart and thrown away
    record Frame(int opcode, byte[] payload, byte[] wire) {}

    /// The lines up to the empty one.
    static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) throw new EOFException("in the head");
            head.write(b);
            boolean expected = b == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    static Frame read(InputStream from) throws IOException {
        var in = new DataInputStream(from);
        var wire = new ByteArrayOutputStream();
        var out = new DataOutputStream(wire);
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        out.writeByte(first);
        out.writeByte(second);
        long length = second & 127;
        if (length == 126) {
            length = in.readUnsignedShort();
            out.writeShort((int) length);
        } else if (length == 127) {
            length = in.readLong();
            out.writeLong(length);
        }
        byte[] mask = new byte[4];
        if ((second & 128) != 0) {
            in.readFully(mask);
            out.write(mask);
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        out.write(payload);
        for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
        return new Frame(first & 15, payload, wire.toByteArray());
    }

    /// A frame of a server.
    static void write(OutputStream to, int opcode, byte[] payload) throws IOException {
        var wire = new ByteArrayOutputStream();
        var out = new DataOutputStream(wire);
        out.writeByte(128 | opcode);
        if (payload.length < 126) out.writeByte(payload.length);
        else {
            out.writeByte(126);
            out.writeShort(payload.length);
        }
        out.write(payload);
        to.write(wire.toByteArray());
        to.flush();
    }

    static String text(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1);
    }
}
