package io.parley.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.Dispatcher;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// The WebSocket side of a server: takes over upgrade requests and owns every connection made of them. Thread-safe.
public final class Gateway implements AutoCloseable {

    public Gateway(Dispatcher dispatcher, GatewaySettings settings, MeterRegistry meters) {}

    /// Takes over a request that asks for a WebSocket; answers 400 or 503 when it cannot. Called on the request's event
    /// loop.
    public void upgrade(HttpServerRequest request) {
        throw new UnsupportedOperationException();
    }

    /// Refuses new connections, tells the open ones to go elsewhere, waits until their work is done and they are gone,
    /// and closes the rest when `patience` is over. Blocks.
    public void drain(Duration patience) {}

    /// Closes all connections at once.
    @Override
    public void close() {}
}
