package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.parley.protocol.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What connections of one event loop do to each other.
class LoopTest {
    private static final byte[] FRAME = {1, 2, 3};

    private final Population population = new Population();
    private final GatewayMeters meters = new GatewayMeters(new SimpleMeterRegistry(), population);
    private final Loops loops = new Loops(TestGateway.RELAXED, meters);

    @Test
    void a_socket_that_turns_out_broken_when_flushed_keeps_nobody_elses_frames_back() {
        EmbeddedChannel broken = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext context) {
                context.fireExceptionCaught(new IOException("reset by peer"));
            }
        });
        EmbeddedChannel healthy = new EmbeddedChannel();
        Loop loop = loops.of(broken.eventLoop());
        Connection first = on(broken, loop);
        Connection second = on(healthy, loop);

        first.receive(new Mail.Answer(first, FRAME));
        second.receive(new Mail.Answer(second, FRAME));
        loop.endTurn();

        assertThat(healthy.outboundMessages()).hasSize(1);
        healthy.finishAndReleaseAll();
        broken.finishAndReleaseAll();
    }

    private Connection on(EmbeddedChannel channel, Loop loop) {
        Wire wire = Wire.negotiate(List.of("lc.protobuf2.3"), Optional.empty()).orElseThrow();
        Connection connection = new Connection(
                channel, loop, wire, new Upgraded(Optional.empty(), Optional.empty()), new ScriptedChat(), population);
        channel.pipeline().addLast(connection);
        connection.start();
        return connection;
    }
}
