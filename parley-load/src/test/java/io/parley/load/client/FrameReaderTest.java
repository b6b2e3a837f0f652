package io.parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> seen = new ArrayList<>();
    private final FrameReader.Sink sink = new FrameReader.Sink() {
        @Override
        public void message(ByteBuf buffer, int start, int length) {
            seen.add(buffer.toString(start, length, StandardCharsets.UTF_8));
        }

        @Override
        public void control(int opcode, ByteBuf buffer, int start, int length) {
            seen.add(opcode + ":" + buffer.toString(start, length, StandardCharsets.UTF_8));
        }
    };

    @Test
    void messages_are_found_wherever_the_stream_is_cut() {
        String big = "x".repeat(70_000);
        String middle = "y".repeat(300);
        ByteBuf stream = Unpooled.buffer();
        frame(stream, 0x82, "hello");
        frame(stream, 0x89, "ping");
        frame(stream, 0x02, "in ");
        frame(stream, 0x8a, "pong");
        frame(stream, 0x80, "pieces");
        frame(stream, 0x82, middle);
        frame(stream, 0x82, big);
        byte[] bytes = new byte[stream.readableBytes()];
        stream.readBytes(bytes);

        for (int piece : new int[] {1, 2, 3, 7, 64, 1000, bytes.length}) {
            seen.clear();
            FrameReader reader = new FrameReader();
            for (int at = 0; at < bytes.length; at += piece) {
                reader.feed(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)), sink);
            }
            assertThat(seen)
                    .as("in pieces of %d", piece)
                    .containsExactly("hello", "9:ping", "10:pong", "in pieces", middle, big);
        }
    }

    @Test
    void a_masked_frame_is_an_error() {
        ByteBuf frame = Unpooled.wrappedBuffer(new byte[] {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 1});

        assertThatThrownBy(() -> new FrameReader().feed(frame, sink)).isInstanceOf(ConnectionLostException.class);
    }

    private static void frame(ByteBuf target, int first, String payload) {
        int length = payload.length();
        target.writeByte(first);
        if (length < 126) {
            target.writeByte(length);
        } else if (length < 65_536) {
            target.writeByte(126).writeShort(length);
        } else {
            target.writeByte(127).writeLong(length);
        }
        target.writeCharSequence(payload, StandardCharsets.US_ASCII);
    }
}
