package io.parley.gateway;

import java.nio.charset.StandardCharsets;

/// A frame as a test client got it.
final class Frame {
    private final int opcode;
    private final byte[] payload;

    Frame(int opcode, byte[] payload) {
        this.opcode = opcode;
        this.payload = payload;
    }

    int opcode() {
        return opcode;
    }

    byte[] payload() {
        return payload;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
        if (opcode != ServerFrame.CLOSE) throw new AssertionError("not a close frame but " + this);
        return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    @Override
    public String toString() {
        return opcode == ServerFrame.CLOSE ? "close " + closeCode() : "opcode " + opcode + ": " + text();
    }
}
