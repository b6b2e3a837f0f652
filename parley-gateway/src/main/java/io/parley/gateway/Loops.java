package io.parley.gateway;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The event loops that have, or had, connections. Thread-safe.
final class Loops {
    private final GatewaySettings settings;
    private final GatewayMeters meters;
    private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();

    /// The mailboxes of all loops; replaced when a loop joins.
    private volatile Mailbox[] mailboxes = {};

    Loops(GatewaySettings settings, GatewayMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    Loop of(EventLoop executor) {
        Loop known = loops.get(executor);
        return known == null ? add(executor) : known;
    }

    private synchronized Loop add(EventLoop executor) {
        Loop added = loops.computeIfAbsent(executor, key -> new Loop(key, this, settings, meters));
        mailboxes = loops.values().stream().map(loop -> loop.mailbox).toArray(Mailbox[]::new);
        return added;
    }

    /// The action runs for each connection on its event loop, some time after this returns.
    void forEach(Consumer<Connection> action) {
        for (Loop loop : loops.values()) loop.forEach(action);
    }

    /// Waits while any event loop is far behind, since one command may push to connections of all of them. For lanes
    /// only, never for an event loop.
    void awaitRoom() {
        for (Mailbox mailbox : mailboxes) mailbox.awaitRoom();
    }
}
