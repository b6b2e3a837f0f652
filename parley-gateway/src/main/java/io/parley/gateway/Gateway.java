package io.parley.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.parley.core.Dispatcher;
import io.parley.protocol.Wire;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The WebSocket side of a server: takes over upgrade requests and owns every connection made of them. Thread-safe.
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    /// How long the last commands of closed connections may take.
    private static final Duration LAST_WORK = Duration.ofSeconds(5);

    private final Chat chat;
    private final Population population = new Population();
    private final WebSocketUpgrade upgrade;
    private final Loops loops;
    private volatile boolean draining;

    /// @param trustProxy believe what `X-Forwarded-For` says of where a client is
    public Gateway(Dispatcher dispatcher, GatewaySettings settings, boolean trustProxy, MeterRegistry meters) {
        this(Chat.of(dispatcher), settings, trustProxy, meters);
    }

    Gateway(Chat chat, GatewaySettings settings, boolean trustProxy, MeterRegistry meters) {
        this.chat = chat;
        this.loops = new Loops(settings, new GatewayMeters(meters, population));
        this.upgrade = new WebSocketUpgrade(settings.maxFrameBytes(), trustProxy, this::connection);
    }

    private Connection connection(Channel channel, Wire wire, Upgraded request) {
        return new Connection(channel, loops.of(channel.eventLoop()), wire, request, chat, population);
    }

    /// Takes over a request that asks for a WebSocket; answers 400 or 503 when it cannot. Called on the request's
    /// event loop. The HTTP server must have HTTP/2 in clear text switched off.
    public void upgrade(HttpServerRequest request) {
        if (draining) WebSocketUpgrade.refuse(request, 503, "this server is about to stop");
        else upgrade.accept(request);
    }

    /// Refuses new connections, tells the open ones to go elsewhere, waits until they are gone and their work is
    /// done, and closes the rest when `patience` is over. Blocks.
    public void drain(Duration patience) {
        draining = true;
        loops.forEach(Connection::goAway);
        log.info("draining connections={}", population.size());
        if (await(patience) > 0) close();
    }

    /// Closes all connections at once, and waits a little for commands that still run. Blocks.
    @Override
    public void close() {
        draining = true;
        loops.forEach(Connection::goodbye);
        int left = await(LAST_WORK);
        if (left > 0) log.warn("commands of closed connections still run connections={}", left);
    }

    private int await(Duration patience) {
        try {
            return population.awaitNone(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever wants us to hurry gets what can be had at once
            return population.size();
        }
    }
}
