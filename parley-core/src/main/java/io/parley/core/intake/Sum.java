package io.parley.core.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A checksum of a set that does not depend on the order in which its elements are seen: the sum of half of their
/// SHA-256s, modulo 2^128. Used by one thread.
public final class Sum {
    private static final int COUNT_OF_SHOWN_BYTES = 16;

    private final MessageDigest digest = sha256();
    private long high;
    private long low;
    private long count;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The same texts in the same order make the same element.
    public void add(byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(4).putInt(part.length).flip());
            digest.update(part);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        add(hash.getLong(), hash.getLong(), 1);
    }

    public void add(String... parts) {
        byte[][] bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        add(bytes);
    }

    private void add(long otherHigh, long otherLow, long others) {
        long before = low;
        low += otherLow;
        boolean carry = Long.compareUnsigned(low, before) < 0;
        high += otherHigh + (carry ? 1 : 0);
        count += others;
    }

    /// Adds a sum that was made elsewhere.
    public void add(Value other) {
        add(other.high, other.low, other.count);
    }

    /// What a sum came to.
    public record Value(long count, long high, long low) {
        public static final Value NONE = new Value(0, 0, 0);

        /// Without the count.
        public String hash() {
            return HexFormat.of()
                    .formatHex(ByteBuffer.allocate(COUNT_OF_SHOWN_BYTES)
                            .putLong(high)
                            .putLong(low)
                            .array());
        }

        public static Value of(long count, String hash) {
            ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hash));
            if (bytes.remaining() != COUNT_OF_SHOWN_BYTES) throw new IllegalArgumentException("not a sum: " + hash);
            return new Value(count, bytes.getLong(), bytes.getLong());
        }
    }

    public Value value() {
        return new Value(count, high, low);
    }

    /// Begins anew.
    public Value take() {
        Value value = value();
        high = 0;
        low = 0;
        count = 0;
        return value;
    }
}
