package io.parley.server.http;

import io.parley.server.config.ServerConfig.Listen;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An open port and what comes in through it: requests for a WebSocket go one way, all others another. Thread-safe.
public final class FrontDoor implements AutoCloseable {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS = 75;

    private final Vertx vertx;
    private final int port;
    private final String deployment;
    private final List<HttpServer> servers;
    private final Optional<TlsFiles> tls;

    private FrontDoor(Vertx vertx, int port, String deployment, List<HttpServer> servers, Optional<TlsFiles> tls) {
        this.vertx = vertx;
        this.port = port;
        this.deployment = deployment;
        this.servers = servers;
        this.tls = tls;
    }

    /// Who takes a request, called on its event loop.
    public record Takers(Handler<HttpServerRequest> upgrades, Handler<HttpServerRequest> calls) {
        private void take(HttpServerRequest request) {
            String upgrade = request.getHeader("Upgrade");
            boolean webSocket =
                    upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
            (webSocket ? upgrades : calls).handle(request);
        }
    }

    /// Opens `listen.port()`, by TLS when there is any; a [PortTakenException] when somebody else has it. Blocks.
    public static FrontDoor open(Vertx vertx, Listen listen, int eventLoops, Takers takers) {
        Optional<TlsFiles> tls = listen.tls().map(files -> new TlsFiles(files, vertx));
        FrontDoor door = open(vertx, listen.host(), listen.port(), options(tls), eventLoops, takers, tls);
        tls.ifPresent(files -> files.watch(door.servers));
        return door;
    }

    /// Opens another port without TLS.
    public static FrontDoor openPlain(Vertx vertx, String host, int port, int eventLoops, Takers takers) {
        return open(vertx, host, port, options(Optional.empty()), eventLoops, takers, Optional.empty());
    }

    public int port() {
        return port;
    }

    /// Stops accepting and closes every HTTP connection, with the WebSockets that grew out of them. Blocks.
    @Override
    public void close() {
        tls.ifPresent(TlsFiles::close);
        vertx.undeploy(deployment).await();
    }

    private static HttpServerOptions options(Optional<TlsFiles> tls) {
        var options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false) // a WebSocket cannot grow out of an HTTP/2 stream here
                .setUseAlpn(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setAcceptBacklog(1024)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        tls.ifPresent(files -> options.setSsl(true).setKeyCertOptions(files.read()));
        return options;
    }

    /// One server per event loop behind the same port: Vert.x serves all connections of a server on one loop.
    private static FrontDoor open(
            Vertx vertx,
            String host,
            int port,
            HttpServerOptions options,
            int eventLoops,
            Takers takers,
            Optional<TlsFiles> tls) {
        List<HttpServer> servers = new CopyOnWriteArrayList<>();
        // To Vert.x, 0 would be another free port per event loop; each negative number is one that all loops share.
        int wanted = port != 0 ? port : tls.isPresent() ? -1 : -2;
        Future<String> opened = vertx.deployVerticle(
                () -> new Loop(host, wanted, options, takers, servers),
                new DeploymentOptions().setInstances(eventLoops));
        try {
            String deployment = opened.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            return new FrontDoor(vertx, servers.getFirst().actualPort(), deployment, servers, tls);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException)
                throw new PortTakenException(
                        "Cannot listen on " + host + ":" + port + ": " + reason(cause)
                                + ". Choose another one with --port.",
                        cause);
            if (tls.isPresent()) throw tls.get().unusable(cause);
            throw new IllegalStateException("cannot open port " + port, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening port " + port, e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("port " + port + " did not open in 30 s", e);
        }
    }

    private static String reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("in use")) return "another program uses this port";
        if (text.toLowerCase(Locale.ROOT).contains("permission denied"))
            return "ports below 1024 need a privilege (on Linux: setcap cap_net_bind_service)";
        return text;
    }

    private static final class Loop extends AbstractVerticle {
        private final String host;
        private final int port;
        private final HttpServerOptions options;
        private final Takers takers;
        private final List<HttpServer> servers;

        Loop(String host, int port, HttpServerOptions options, Takers takers, List<HttpServer> servers) {
            this.host = host;
            this.port = port;
            this.options = options;
            this.takers = takers;
            this.servers = servers;
        }

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options)
                    .requestHandler(takers::take)
                    .invalidRequestHandler(BadRequest::answer);
            servers.add(server);
            server.listen(port, host).<Void>mapEmpty().onComplete(started);
        }
    }
}
