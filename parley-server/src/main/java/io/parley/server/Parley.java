package io.parley.server;

import io.parley.core.Backend;
import io.parley.core.Dispatcher;
import io.parley.core.Storage;
import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.file.BlobStore;
import io.parley.core.intake.Intake;
import io.parley.files.image.ImagePreviews;
import io.parley.gateway.Gateway;
import io.parley.outbound.Outbound;
import io.parley.rest.ApiDocument;
import io.parley.rest.ApiKeys;
import io.parley.rest.BackendRoutes;
import io.parley.rest.DiscoveryRoutes;
import io.parley.rest.FileAddress;
import io.parley.rest.FunctionRoutes;
import io.parley.rest.ImRoutes;
import io.parley.rest.ImportRoutes;
import io.parley.rest.OutboxRoutes;
import io.parley.rest.PublicAddress;
import io.parley.rest.PushRoutes;
import io.parley.rest.RestServer;
import io.parley.rest.SettingsRoutes;
import io.parley.rest.TraceRoutes;
import io.parley.rest.UtilityRoutes;
import io.parley.rest.WordRoutes;
import io.parley.server.config.ServerConfig;
import io.parley.server.http.FrontDoor;
import io.parley.server.http.PassThrough;
import io.parley.server.ops.Health;
import io.parley.server.ops.Metrics;
import io.parley.store.SqliteStorage;
import io.parley.web.WebChat;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: all parts, put together here and nowhere else. Thread-safe.
public final class Parley implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parley.class);

    private final ServerConfig config;
    private final Parts parts;
    private final Apps apps;
    private final Gateway gateway;
    private final Health health;
    private final FrontDoor door;
    private final Optional<FrontDoor> plainDoor;
    private final Set<String> routes;

    private Parley(ServerConfig config, Clock clock, Parts parts) {
        this.config = config;
        this.parts = parts;
        Metrics metrics = parts.add(new Metrics());
        Storage storage = parts.add(SqliteStorage.open(config.data(), clock, metrics.registry()));
        apps = new Apps(storage.apps());
        FirstApp.ensure(apps, config);

        int eventLoops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = vertx(eventLoops);
        parts.add(() -> vertx.close().await());
        Outbound outbound = parts.add(new Outbound(config.outbound(), apps, clock, metrics.registry()));
        Dispatcher dispatcher = parts.add(new Dispatcher(apps, storage, outbound.outward(), clock, metrics.registry()));
        var address =
                new PublicAddress(config.address().publicUrl(), config.address().trustProxy());
        BlobStore blobs = parts.add(BlobStores.open(config));
        Backend backend = parts.add(new Backend(apps, storage, blobs, clock));
        RestServer rest = parts.add(new RestServer(vertx, new ApiKeys(apps), address, metrics.registry()));
        health = new Health(storage, clock, Version.text());
        new DiscoveryRoutes(apps, address).mount(rest);
        new UtilityRoutes(clock).mount(rest);
        ImagePreviews previews = parts.add(new ImagePreviews(blobs));
        var backendRoutes = new BackendRoutes(
                backend, previews, new FileAddress(config.files().url(), address), clock, metrics.registry());
        ImRoutes.mount(rest, dispatcher, backendRoutes.users(), clock);
        new FunctionRoutes(outbound.functions()).mount(rest);
        new OutboxRoutes(storage.outbox()).mount(rest);
        new ImportRoutes(new Intake(storage.intake(), storage.records()), blobs).mount(rest);
        new WordRoutes(dispatcher.words()).mount(rest);
        new TraceRoutes(dispatcher.traces()).mount(rest);
        backendRoutes.mount(rest);
        new PushRoutes(dispatcher.push(), clock).mount(rest);
        health.mount(rest);
        metrics.mount(rest);
        new SettingsRoutes(apps).mount(rest);
        ApiDocument.read().mount(rest, Version.text());
        routes = rest.routes();
        Router pages = Router.router(vertx);
        WebChat.mount(pages, () -> FirstApp.find(apps, config));
        pages.route().handler(missing -> rest.handle(missing.request()));

        gateway = parts.add(
                new Gateway(dispatcher, config.connections(), config.address().trustProxy(), metrics.registry()));
        Optional<PassThrough> upstream = config.upstream()
                .map(server -> parts.add(new PassThrough(vertx, server, path -> hasPage(path) || rest.serves(path))));
        var takers = new FrontDoor.Takers(gateway::upgrade, request -> {
            if (upstream.isPresent() && upstream.get().takes(request))
                upstream.get().handle(request);
            else if (isPage(request)) pages.handle(request);
            else rest.handle(request);
        });
        door = parts.add(FrontDoor.open(vertx, config.listen(), eventLoops, takers));
        plainDoor = config.listen()
                .plainPort()
                .map(port ->
                        parts.add(FrontDoor.openPlain(vertx, config.listen().host(), port, eventLoops, takers)));
        address.listening(
                config.listen().tls().isPresent()
                        ? new PublicAddress.Ports(plainPort().orElse(0), door.port())
                        : new PublicAddress.Ports(door.port(), 0));
        Thread.ofPlatform().daemon().name("parley-meters").start(metrics::watchProcess);
    }

    /// Starts a server and returns when it accepts connections. Blocks. What goes wrong is told by
    /// [io.parley.server.config.ConfigException], [io.parley.server.http.PortTakenException], or the store's own;
    /// then nothing stays open.
    public static Parley start(ServerConfig config) {
        return start(config, Clock.systemUTC());
    }

    public static Parley start(ServerConfig config, Clock clock) {
        var parts = new Parts();
        try {
            return new Parley(config, clock, parts);
        } catch (RuntimeException | Error failure) {
            parts.close();
            throw failure;
        }
    }

    /// The address to use on this machine, such as `http://127.0.0.1:8080`.
    public URI url() {
        String scheme = config.listen().tls().isPresent() ? "https" : "http";
        String host = config.listen().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        return URI.create(scheme + "://" + (any ? "127.0.0.1" : host) + ":" + port());
    }

    public int port() {
        return door.port();
    }

    /// The second port, without TLS.
    public Optional<Integer> plainPort() {
        return plainDoor.map(FrontDoor::port);
    }

    public ServerConfig config() {
        return config;
    }

    /// Every call that is answered over HTTP, such as `GET /1.1/date`, but for web pages.
    public Set<String> routes() {
        return routes;
    }

    public Apps apps() {
        return apps;
    }

    /// The app that the web chat uses.
    public Optional<App> firstApp() {
        return FirstApp.find(apps, config);
    }

    /// Takes no new sockets, asks clients to go elsewhere, and waits until they have gone or `patience` is over.
    /// Health checks fail from now on. Blocks.
    public void drain(Duration patience) {
        log.info("Draining patience={}", patience);
        health.draining();
        gateway.drain(patience);
    }

    /// Closes everything at once, in the opposite order of opening. What was accepted is kept. Blocks.
    @Override
    public void close() {
        parts.close();
        log.info("Stopped");
    }

    private static Vertx vertx(int eventLoops) {
        return Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(eventLoops)
                        .setPreferNativeTransport(true)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setClassPathResolvingEnabled(false)
                                .setFileCachingEnabled(false)))
                .build();
    }

    private static boolean isPage(HttpServerRequest request) {
        return request.path() != null && hasPage(request.path());
    }

    private static boolean hasPage(String path) {
        return path.equals("/")
                || path.equals("/console")
                || path.equals("/demo")
                || path.startsWith("/demo/")
                || path.startsWith("/web/");
    }

    /// What must be closed again, last opened first.
    private static final class Parts implements AutoCloseable {
        private final Deque<AutoCloseable> open = new ArrayDeque<>();

        synchronized <T extends AutoCloseable> T add(T part) {
            open.push(part);
            return part;
        }

        @Override
        public synchronized void close() {
            while (!open.isEmpty()) {
                AutoCloseable part = open.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    log.warn("Could not close part={}", part.getClass().getSimpleName(), e);
                }
            }
        }
    }
}
