package io.parley.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 13, 125, 126, 300, 65_535, 65_536})
    void an_independent_decoder_reads_back_what_was_written(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        ByteBuf written = Unpooled.buffer();

        Frames.write(written, Frames.BINARY, payload, length, 0x89abcdef, new byte[length]);

        EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, 1 << 20));
        decoder.writeInbound(written);
        BinaryWebSocketFrame frame = decoder.readInbound();
        byte[] read = new byte[frame.content().readableBytes()];
        frame.content().readBytes(read);
        frame.release();
        assertThat(read).isEqualTo(payload);
    }
}
