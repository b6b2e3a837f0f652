package io.parley.load.wire;

/// Numbers as lower-case hexadecimal digits of fixed width, written into and read from ASCII bytes.
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private Hex() {}

    static void write(byte[] target, int offset, int digits, long value) {
        long rest = value;
        for (int index = offset + digits - 1; index >= offset; index--) {
            target[index] = DIGITS[(int) (rest & 15)];
            rest >>>= 4;
        }
    }

    static long read(DirectView message, int offset, int digits) {
        long value = 0;
        for (int index = offset; index < offset + digits; index++) {
            byte digit = message.textByte(index);
            value = (value << 4) | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
