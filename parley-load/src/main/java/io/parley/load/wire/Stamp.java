package io.parley.load.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a load message says: a typed text message, as SDKs send them, that starts with who sent it, the how
/// manieth of its sender it is, and when it was sent, each with a fixed place and width. The rest is padding.
public final class Stamp {
    public static final int MIN_BYTES = 64;

    private static final byte[] HEAD = "{\"_lctype\":-1,\"_lctext\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int SENDER_AT = HEAD.length;
    private static final int SENDER_DIGITS = 4;
    private static final int SEQUENCE_AT = SENDER_AT + SENDER_DIGITS + 1;
    private static final int SEQUENCE_DIGITS = 8;
    private static final int NANOS_AT = SEQUENCE_AT + SEQUENCE_DIGITS + 1;
    private static final int NANOS_DIGITS = 16;

    private Stamp() {}

    /// A text of `bytes` bytes (at least [#MIN_BYTES]) with all numbers zero.
    static byte[] blank(int bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException("messages have at least " + MIN_BYTES + " bytes, not " + bytes);
        }
        byte[] text = new byte[bytes];
        Arrays.fill(text, (byte) '.');
        System.arraycopy(HEAD, 0, text, 0, HEAD.length);
        System.arraycopy(TAIL, 0, text, bytes - TAIL.length, TAIL.length);
        return text;
    }

    /// @param sender up to 65,535
    static void write(byte[] frame, int textAt, int sender, int sequence, long nanos) {
        Hex.write(frame, textAt + SENDER_AT, SENDER_DIGITS, sender);
        Hex.write(frame, textAt + SEQUENCE_AT, SEQUENCE_DIGITS, sequence);
        Hex.write(frame, textAt + NANOS_AT, NANOS_DIGITS, nanos);
    }

    /// Whether the message is long enough to carry a stamp; others come from somebody else.
    public static boolean isOn(DirectView message) {
        return message.textLength() >= MIN_BYTES && message.textByte(HEAD.length - 1) == '"';
    }

    public static int sender(DirectView message) {
        return (int) Hex.read(message, SENDER_AT, SENDER_DIGITS);
    }

    public static int sequence(DirectView message) {
        return (int) Hex.read(message, SEQUENCE_AT, SEQUENCE_DIGITS);
    }

    /// By [System#nanoTime] of the sender's process.
    public static long nanos(DirectView message) {
        return Hex.read(message, NANOS_AT, NANOS_DIGITS);
    }
}
