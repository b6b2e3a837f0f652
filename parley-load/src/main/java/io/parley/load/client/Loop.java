package io.parley.load.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.parley.load.wire.AckView;
import io.parley.load.wire.CommandView;
import io.parley.load.wire.DirectView;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// One event loop and what all its clients share. Everything but [#execute] belongs to the loop's thread.
public final class Loop {
    private static final long ACK_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int RECEIVE_BYTES = 32 * 1024;

    final CommandView command = new CommandView();
    final DirectView direct = new DirectView();
    final AckView ack = new AckView();

    private final int index;
    private final EventLoop eventLoop;
    private final SplittableRandom random = new SplittableRandom();
    private final ArrayDeque<LightClient> written = new ArrayDeque<>();
    private final ArrayDeque<LightClient> owingAcks = new ArrayDeque<>();
    private byte[] scratch = new byte[4096];

    Loop(int index, EventLoop eventLoop) {
        this.index = index;
        this.eventLoop = eventLoop;
    }

    /// 0, 1, 2 … among the loops.
    public int index() {
        return index;
    }

    /// Runs a task on the loop's thread, later.
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Bootstrap bootstrap() {
        return new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 20_000)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 1 << 21))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES));
    }

    /// Never zero.
    int mask() {
        return random.nextInt() | 1;
    }

    byte[] scratch(int bytes) {
        if (scratch.length < bytes) {
            scratch = new byte[bytes * 2];
        }
        return scratch;
    }

    /// Flushes the client after the current round of reading, together with all others that wrote in it.
    void flushSoon(LightClient client) {
        written.add(client);
        if (written.size() == 1) {
            eventLoop.execute(this::flushWritten);
        }
    }

    private void flushWritten() {
        LightClient client;
        while ((client = written.poll()) != null) {
            client.flush();
        }
    }

    /// Has the client send its acks in a second.
    void ackSoon(LightClient client) {
        client.acksDueAt(System.nanoTime() + ACK_DELAY_NANOS);
        owingAcks.add(client);
        if (owingAcks.size() == 1) {
            eventLoop.schedule(this::sendDueAcks, ACK_DELAY_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void sendDueAcks() {
        long now = System.nanoTime();
        LightClient client;
        while ((client = owingAcks.peek()) != null) {
            long wait = client.acksDueAt() - now;
            if (wait > 0) {
                eventLoop.schedule(this::sendDueAcks, wait, TimeUnit.NANOSECONDS);
                return;
            }
            owingAcks.remove();
            client.sendAcks();
        }
    }
}
