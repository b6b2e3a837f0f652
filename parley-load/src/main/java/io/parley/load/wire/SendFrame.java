package io.parley.load.wire;

import com.google.protobuf.ByteString;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The `direct` command of one sender to one conversation, encoded once. Per message only the correlation id, the
/// duplicate-suppression token and the stamp in the text are written over. Not thread-safe.
///
/// The fields are those the JavaScript SDK 5 sends from the first client of a socket: no peer id, `mentionAll`
/// false, a token in the form of a version 4 UUID. Source: protocol 4.5.1.
public final class SendFrame {
    /// Correlation ids are four varint bytes from here on, so that the frame never changes its length.
    private static final int FIRST_CORRELATION = 1 << 21;

    private static final int TOKEN_TAIL_DIGITS = 12;

    private final int sender;
    private final byte[] command;
    private final int correlationAt;
    private final int tokenTailAt;
    private final int textAt;
    private int sequence;

    /// @param sender number that receivers see in the stamp, up to 65,535
    /// @param textBytes at least [Stamp#MIN_BYTES]
    /// @param transientMessage delivered now or never, not stored
    public SendFrame(int sender, String conversation, int textBytes, boolean receipt, boolean transientMessage) {
        this.sender = sender;
        byte[] text = Stamp.blank(textBytes);
        String token = UUID.randomUUID().toString();
        DirectCommand.Builder direct = DirectCommand.newBuilder()
                .setMsgBytes(ByteString.copyFrom(text))
                .setCid(conversation)
                .setDt(token)
                .setMentionAll(false);
        if (receipt) {
            direct.setR(true);
        }
        if (transientMessage) {
            direct.setTransient(true);
        }
        command = GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setI(FIRST_CORRELATION)
                .setDirectMessage(direct)
                .build()
                .toByteArray();
        // cmd takes two bytes and i's tag one: the generated code writes fields in the order of their numbers.
        correlationAt = 3;
        textAt = indexOf(command, text);
        tokenTailAt = indexOf(command, token.getBytes(StandardCharsets.US_ASCII)) + 36 - TOKEN_TAIL_DIGITS;
    }

    /// Writes the next message of this sender. Returns the bytes of the command: valid until the next call.
    ///
    /// @param nanos when the message counts as sent, by [System#nanoTime]
    public byte[] next(long nanos) {
        sequence++;
        int correlation = correlation(sequence);
        command[correlationAt] = (byte) (correlation | 0x80);
        command[correlationAt + 1] = (byte) ((correlation >>> 7) | 0x80);
        command[correlationAt + 2] = (byte) ((correlation >>> 14) | 0x80);
        command[correlationAt + 3] = (byte) (correlation >>> 21);
        Hex.write(command, tokenTailAt, TOKEN_TAIL_DIGITS, sequence);
        Stamp.write(command, textAt, sender, sequence, nanos);
        return command;
    }

    /// Of the newest message: 1, 2, 3 …
    public int sequence() {
        return sequence;
    }

    /// Whether a correlation id belongs to a [SendFrame].
    public static boolean isCorrelation(int correlation) {
        return correlation > FIRST_CORRELATION;
    }

    /// Which message of its sender a correlation id stands for.
    public static int sequenceOf(int correlation) {
        return correlation - FIRST_CORRELATION;
    }

    private static int correlation(int sequence) {
        int correlation = FIRST_CORRELATION + sequence;
        if (correlation >= 1 << 28) {
            throw new IllegalStateException(
                    "one sender sends at most " + ((1 << 28) - FIRST_CORRELATION) + " messages");
        }
        return correlation;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int from = 0;
        while (!matches(bytes, from, part)) {
            from++;
        }
        return from;
    }

    private static boolean matches(byte[] bytes, int from, byte[] part) {
        return java.util.Arrays.equals(bytes, from, from + part.length, part, 0, part.length);
    }
}
