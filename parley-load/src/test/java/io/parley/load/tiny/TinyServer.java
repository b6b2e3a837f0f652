package io.parley.load.tiny;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.parley.protocol.proto.GenericCommand;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The sockets of a tiny server. All commands run on one event loop. Survives crashes on the same port.
public final class TinyServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final TinyChat chat;
    private final List<Channel> connections = new CopyOnWriteArrayList<>();
    private @Nullable Channel listening;
    private int port;

    public TinyServer(Fault... faults) {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        all.addAll(List.of(faults));
        chat = new TinyChat(all);
        startSomewhere();
    }

    /// Below the range from which the system gives ports to clients: otherwise one that tries to reconnect may
    /// get, as its own, the very port it looks for, and take it away from the server.
    private void startSomewhere() {
        Random random = new Random();
        for (int attempt = 0; listening == null; attempt++) {
            port = 20_000 + random.nextInt(10_000);
            try {
                start();
            } catch (Exception taken) { // Netty throws BindException without declaring it
                if (attempt == 20) {
                    throw taken;
                }
            }
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public TinyChat chat() {
        return chat;
    }

    /// Ends all connections in the middle of whatever they are at.
    public void crash() {
        if (listening != null) {
            listening.close().syncUninterruptibly();
            listening = null;
        }
        group.next()
                .submit(() -> {
                    // From the first handler on: the WebSocket handlers would say goodbye.
                    connections.forEach(
                            connection -> connection.pipeline().firstContext().close());
                    chat.crashed();
                })
                .syncUninterruptibly();
    }

    /// Listens again, on the same port, knowing what it knew. A closed listening socket holds its port until the
    /// selector has let go of it, which takes a moment.
    public void restart() throws InterruptedException {
        for (int attempt = 0; listening == null; attempt++) {
            try {
                start();
            } catch (Exception stillHeld) { // Netty throws BindException without declaring it
                if (attempt == 100) {
                    throw stillHeld;
                }
                Thread.sleep(10);
            }
        }
    }

    private void start() {
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(io.netty.channel.ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.closeFuture().addListener(closed -> {
                            connections.remove(channel);
                            chat.left(channel);
                        });
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65536), new Router())
                                .addLast(new WebSocketServerProtocolHandler("/", "lc.protobuf2.3", false, 65536))
                                .addLast(new Frames());
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// Answers HTTP requests that are not about WebSockets.
    private final class Router extends SimpleChannelInboundHandler<FullHttpRequest> {
        Router() {
            super(false);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
                context.fireChannelRead(request);
                return;
            }
            Optional<String> page = page(request.uri());
            request.release();
            byte[] body = page.orElse("no such page").getBytes(StandardCharsets.UTF_8);
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    page.isPresent() ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
                    Unpooled.wrappedBuffer(body));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            context.writeAndFlush(response);
        }
    }

    private Optional<String> page(String uri) {
        String url = "ws://127.0.0.1:" + port + "\\/";
        if (uri.startsWith("/v1/route?appId=app&")) {
            return Optional.of("{\"server\":\"" + url + "\",\"secondary\":\"" + url + "\",\"ttl\":3600}");
        }
        return uri.equals("/web/config.json") ? Optional.of("{\"appId\":\"app\"}") : Optional.empty();
    }

    private final class Frames extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) throws Exception {
            byte[] bytes = new byte[frame.content().readableBytes()];
            frame.content().readBytes(bytes);
            chat.handle(context.channel(), GenericCommand.parseFrom(bytes));
        }
    }
}
