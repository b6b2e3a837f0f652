package io.parley.load.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.protocol.proto.GenericCommand;

/// The envelope of a received command, read in place. One view is reused for all commands of an event loop: it is
/// valid until the callback that got it returns. Not thread-safe.
///
/// Fields may come in any order, and the body may be followed by more envelope fields: a server may append the
/// recipient to bytes that it shares between recipients.
public final class CommandView {
    public static final int DIRECT = 2;
    public static final int ACK = 3;

    private static final int DIRECT_BODY = 104;
    private static final int ACK_BODY = 105;

    private final FieldCursor fields = new FieldCursor();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int offset;
    private int length;
    private int command;
    private boolean answers;
    private int correlation;
    private int bodyStart;
    private int bodyLength;

    public void read(ByteBuf source, int start, int size) {
        buffer = source;
        offset = start;
        length = size;
        command = -1;
        answers = false;
        correlation = 0;
        bodyStart = 0;
        bodyLength = -1;
        fields.reset(source, start, size);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> command = (int) fields.number();
                case 5 -> {
                    answers = true;
                    correlation = (int) fields.number();
                }
                case DIRECT_BODY, ACK_BODY -> {
                    bodyStart = fields.start();
                    bodyLength = fields.length();
                }
                default -> {}
            }
        }
    }

    public int command() {
        return command;
    }

    /// Whether the command carries a correlation id, that is: answers a request. Source: protocol 4.1.1.
    public boolean answers() {
        return answers;
    }

    public int correlation() {
        return correlation;
    }

    /// The message of a `direct` command.
    public void into(DirectView view) {
        view.read(buffer, bodyStart, Math.max(bodyLength, 0));
    }

    /// The receipt of an `ack` command.
    public void into(AckView view) {
        view.read(buffer, bodyStart, Math.max(bodyLength, 0));
    }

    /// The whole command as an object, for everything that is not sent thousands of times per second.
    public GenericCommand parse() {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        try {
            return GenericCommand.parseFrom(bytes);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException(
                    "the server sent a malformed command of " + length + " bytes", malformed);
        }
    }
}
