package io.parley.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A gateway in front of a scripted chat, on a random port of the loopback interface.
final class TestGateway implements AutoCloseable {
    /// Every limit far away, and no pause before notices.
    static final GatewaySettings RELAXED = new GatewaySettings(
            64 * 1024,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            128,
            1024 * 1024,
            Duration.ZERO);

    final ScriptedChat chat = new ScriptedChat();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Gateway gateway;
    final HttpServer http;
    final int port;

    /// The channels of upgrade requests, in the order of their coming.
    final List<Channel> channels = new CopyOnWriteArrayList<>();

    private final Vertx vertx;

    TestGateway() {
        this(RELAXED, new HttpServerOptions());
    }

    TestGateway(GatewaySettings settings) {
        this(settings, new HttpServerOptions());
    }

    TestGateway(GatewaySettings settings, HttpServerOptions options) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        gateway = new Gateway(chat, settings, false, meters);
        http = vertx.createHttpServer(options.setHost("127.0.0.1").setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    channels.add(((ConnectionBase) request.connection()).channel());
                    gateway.upgrade(request);
                });
        port = http.listen(0).await().actualPort();
    }

    JsonClient json() throws IOException {
        return new JsonClient(port);
    }

    ProtobufClient protobuf() throws IOException {
        return new ProtobufClient(port);
    }

    ProtobufClient base64() throws IOException {
        return new ProtobufClient(port, true);
    }

    RawSocket raw() throws IOException {
        return new RawSocket(port, 0);
    }

    static GatewaySettings settings(Duration noticeDelay, int maxInboxCommands, int maxOutboxBytes) {
        return new GatewaySettings(
                RELAXED.maxFrameBytes(),
                RELAXED.loginTimeout(),
                RELAXED.readTimeout(),
                RELAXED.legacyPingInterval(),
                maxInboxCommands,
                maxOutboxBytes,
                noticeDelay);
    }

    static GatewaySettings timeouts(Duration login, Duration read, Duration legacyPing) {
        return new GatewaySettings(
                RELAXED.maxFrameBytes(),
                login,
                read,
                legacyPing,
                RELAXED.maxInboxCommands(),
                RELAXED.maxOutboxBytes(),
                RELAXED.noticeDelay());
    }

    double counted(String meter, String... tags) {
        return meters.get(meter).tags(tags).counter().count();
    }

    @Override
    public void close() {
        gateway.close();
        vertx.close().await();
    }
}
