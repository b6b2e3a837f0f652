package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFrameTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
    void another_implementation_reads_frames_of_every_length(int length) {
        byte[] body = new byte[length / 2];
        byte[] tail = new byte[length - length / 2];
        Random random = new Random(length);
        random.nextBytes(body);
        random.nextBytes(tail);
        EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 300_000));
        client.writeInbound(ServerFrame.encode(UnpooledByteBufAllocator.DEFAULT, ServerFrame.TEXT, body, tail));
        TextWebSocketFrame frame = client.readInbound();
        assertThat(frame.isFinalFragment()).isTrue();
        ByteBuf content = frame.content();
        assertThat(ByteBufUtil.getBytes(content.readSlice(body.length))).isEqualTo(body);
        assertThat(ByteBufUtil.getBytes(content)).isEqualTo(tail);
        frame.release();
        assertThat(client.finish()).isFalse();
    }
}
