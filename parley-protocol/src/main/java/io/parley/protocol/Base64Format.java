package io.parley.protocol;

import io.parley.core.command.ClientId;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// Text frames for clients without binary frames: the standard, padded base64 text of a protobuf frame. Source:
/// protocol 2.1.
final class Base64Format implements WireFormat {
    private static final int GROUP = 3;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public boolean text() {
        return true;
    }

    @Override
    public boolean namesApp() {
        return false;
    }

    @Override
    public Frame decode(ByteBuffer frame) throws MalformedFrameException {
        ByteBuffer bytes;
        try {
            bytes = Base64.getDecoder().decode(frame);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedFrameException("not base64: " + malformed.getMessage());
        }
        return Frame.of(ProtobufFormat.parse(bytes));
    }

    @Override
    public byte[] encode(GenericCommand frame) {
        return Base64.getEncoder().encode(frame.toByteArray());
    }

    @Override
    public SharedFrame share(GenericCommand frame) {
        byte[] bytes = frame.toByteArray();
        int whole = bytes.length - bytes.length % GROUP;
        byte[] body = Base64.getEncoder().encode(Arrays.copyOf(bytes, whole));
        return new Shared(body, Arrays.copyOfRange(bytes, whole, bytes.length));
    }

    /// @param body text of all whole groups of three bytes
    /// @param rest the bytes of the incomplete group, which the recipient's field completes
    @SuppressWarnings("ArrayRecordComponent")
    private record Shared(byte[] body, byte[] rest) implements SharedFrame {
        @Override
        public byte[] tail(ClientId peer) {
            byte[] field = ProtobufFormat.peerField(peer);
            if (rest.length == 0) return Base64.getEncoder().encode(field);
            byte[] bytes = Arrays.copyOf(rest, rest.length + field.length);
            System.arraycopy(field, 0, bytes, rest.length, field.length);
            return Base64.getEncoder().encode(bytes);
        }
    }
}
