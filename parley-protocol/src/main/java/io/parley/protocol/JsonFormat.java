package io.parley.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.parley.core.command.ClientId;
import io.parley.protocol.proto.GenericCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One flat JSON object per text frame. Its fields are those of the protobuf schema, whose descriptors drive both
/// directions; [JsonFrameReader] and [JsonFrameWriter] hold the few exceptions. Source: legacy-json 4.
final class JsonFormat implements WireFormat {
    static final byte[] HEARTBEAT = {'{', '}'};

    @Override
    public int number() {
        return 2;
    }

    @Override
    public boolean text() {
        return true;
    }

    @Override
    public boolean namesApp() {
        return true;
    }

    @Override
    public Frame decode(ByteBuffer frame) throws MalformedFrameException {
        byte[] text = new byte[frame.remaining()];
        frame.get(text);
        return new JsonFrameReader().read(JsonText.frame(text));
    }

    @Override
    public byte[] encode(GenericCommand frame) {
        return JsonFrameWriter.write(frame);
    }

    /// Source: legacy-json 9.
    @Override
    public byte[] encodeLoginRefusal(GenericCommand error) {
        return JsonFrameWriter.writeLoginRefusal(error);
    }

    @Override
    public SharedFrame share(GenericCommand frame) {
        byte[] text = JsonFrameWriter.write(frame);
        return new Shared(Arrays.copyOf(text, text.length - 1));
    }

    /// @param body without the closing brace
    @SuppressWarnings("ArrayRecordComponent")
    private record Shared(byte[] body) implements SharedFrame {
        private static final byte[] BEFORE = ",\"peerId\":\"".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] AFTER = {'"', '}'};

        @Override
        public byte[] tail(ClientId peer) {
            byte[] id = JsonStringEncoder.getInstance().quoteAsUTF8(JsonText.wellFormed(peer.value()));
            byte[] tail = Arrays.copyOf(BEFORE, BEFORE.length + id.length + AFTER.length);
            System.arraycopy(id, 0, tail, BEFORE.length, id.length);
            System.arraycopy(AFTER, 0, tail, BEFORE.length + id.length, AFTER.length);
            return tail;
        }
    }
}
