package io.parley.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.parley.core.command.ClientId;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Binary frames, one serialized command each. Source: protocol 2.1.
final class ProtobufFormat implements WireFormat {
    private static final Parser<GenericCommand> PARSER = GenericCommand.parser();
    private static final int PEER_TAG = GenericCommand.PEERID_FIELD_NUMBER << 3 | 2;

    @Override
    public int number() {
        return 0;
    }

    @Override
    public boolean text() {
        return false;
    }

    @Override
    public boolean namesApp() {
        return false;
    }

    @Override
    public Frame decode(ByteBuffer frame) throws MalformedFrameException {
        return Frame.of(parse(frame));
    }

    /// Fields that the schema requires may be missing: the mapping refuses those with a code of their own instead of
    /// ending the connection.
    static GenericCommand parse(ByteBuffer frame) throws MalformedFrameException {
        try {
            return PARSER.parsePartialFrom(CodedInputStream.newInstance(frame));
        } catch (InvalidProtocolBufferException malformed) {
            throw new MalformedFrameException("not a protobuf command: " + malformed.getMessage());
        }
    }

    @Override
    public byte[] encode(GenericCommand frame) {
        return frame.toByteArray();
    }

    @Override
    public SharedFrame share(GenericCommand frame) {
        return new Shared(frame.toByteArray());
    }

    /// The encoding of the one field that differs per recipient. Appended to a frame it merges into it.
    static byte[] peerField(ClientId peer) {
        byte[] text = peer.value().getBytes(StandardCharsets.UTF_8);
        // A client id has at most 64 code points, 256 bytes: its length takes one or two bytes.
        int start = text.length < 0x80 ? 2 : 3;
        byte[] field = new byte[start + text.length];
        field[0] = PEER_TAG;
        if (start == 2) {
            field[1] = (byte) text.length;
        } else {
            field[1] = (byte) ((text.length & 0x7f) | 0x80);
            field[2] = (byte) (text.length >>> 7);
        }
        System.arraycopy(text, 0, field, start, text.length);
        return field;
    }

    private record Shared(
            @SuppressWarnings("ArrayRecordComponent") byte[] body) implements SharedFrame {
        @Override
        public byte[] tail(ClientId peer) {
            return peerField(peer);
        }
    }
}
