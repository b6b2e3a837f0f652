package io.parley.load.client;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The event loops of a tool. Thread-safe. Closing it drops all connections.
public final class Loops implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final List<Loop> loops = new ArrayList<>();

    public Loops(int count) {
        group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
        for (int index = 0; index < count; index++) {
            EventLoop eventLoop = group.next();
            loops.add(new Loop(index, eventLoop));
        }
    }

    public int count() {
        return loops.size();
    }

    /// The loop for the `number`th of something, so that work spreads evenly.
    public Loop of(int number) {
        return loops.get(number % loops.size());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
