package io.parley.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.collection.IntObjectHashMap;
import io.parley.load.wire.CommandView;
import io.parley.load.wire.Frames;
import io.parley.load.wire.SendFrame;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ErrorCommand;
import io.parley.protocol.proto.GenericCommand;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection of one client of the chat, speaking `lc.protobuf2.3`. Small, so that a tool can hold tens of
/// thousands.
///
/// [#request] and [#close] may be called from any thread; everything else, and all callbacks, belong to the
/// client's loop. Requests end after 20 s, as the JavaScript SDK's do.
public final class LightClient {
    private static final long REQUEST_SECONDS = 20;
    private static final byte[] NO_BYTES = {};

    private final Loop loop;
    private final Endpoint endpoint;
    private final Identity identity;
    private final Acks acks;
    private final Listener listener;
    private final CompletableFuture<LightClient> connected = new CompletableFuture<>();
    private final FrameReader reader = new FrameReader();
    private final PendingAcks pendingAcks = new PendingAcks();
    private final Wire wire = new Wire();

    // Belong to the loop's thread.
    private @Nullable Channel channel;
    private @Nullable IntObjectHashMap<CompletableFuture<GenericCommand>> pending;
    private int lastCorrelation;
    private long acksDueAt;
    private boolean flushPending;
    private boolean upgraded;
    private String closeCause = "the connection was lost";

    private LightClient(Loop loop, Endpoint endpoint, Identity identity, Acks acks, Listener listener) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.identity = identity;
        this.acks = acks;
        this.listener = listener;
    }

    /// Connects and upgrades. The future completes on the loop; the session is still to be opened.
    ///
    /// @param source local address to connect from; empty lets the system choose
    public static CompletableFuture<LightClient> connect(
            Loop loop,
            Endpoint endpoint,
            Identity identity,
            Acks acks,
            Listener listener,
            Optional<InetSocketAddress> source) {
        LightClient client = new LightClient(loop, endpoint, identity, acks, listener);
        ChannelFuture connecting =
                loop.bootstrap().handler(client.wire).connect(endpoint.address(), source.orElse(null));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                client.connected.completeExceptionally(
                        new ConnectionLostException("no connection to " + endpoint + ": " + done.cause()));
            }
        });
        client.connected.orTimeout(REQUEST_SECONDS, TimeUnit.SECONDS);
        client.connected.whenComplete((ready, failure) -> {
            if (failure != null) {
                connecting.channel().close();
            }
        });
        return client.connected;
    }

    public Identity identity() {
        return identity;
    }

    public Loop loop() {
        return loop;
    }

    /// Sends a request and completes with its answer: exceptionally with [RefusedException] when the server says
    /// no, with [ConnectionLostException] when the connection ends first. The correlation id is set here.
    public CompletableFuture<GenericCommand> request(GenericCommand.Builder command) {
        CompletableFuture<GenericCommand> answer = new CompletableFuture<>();
        answer.orTimeout(REQUEST_SECONDS, TimeUnit.SECONDS);
        onLoop(() -> {
            if (channel == null) {
                answer.completeExceptionally(new ConnectionLostException(closeCause));
                return;
            }
            if (pending == null) {
                pending = new IntObjectHashMap<>(4);
            }
            lastCorrelation++;
            pending.put(lastCorrelation, answer);
            tell(command.setI(lastCorrelation));
        });
        return answer;
    }

    /// Sends a command that has no answer.
    public void tell(GenericCommand.Builder command) {
        byte[] bytes = command.build().toByteArray();
        onLoop(() -> write(Frames.BINARY, bytes, bytes.length));
    }

    /// Sends the frame's next message. Its answer comes to the listener. On the loop only.
    ///
    /// @param nanos when the message counts as sent
    public void send(SendFrame frame, long nanos) {
        byte[] bytes = frame.next(nanos);
        write(Frames.BINARY, bytes, bytes.length);
    }

    /// Stops or starts reading the socket, as a client does whose network stalls.
    public void reading(boolean on) {
        onLoop(() -> {
            if (channel != null) {
                channel.config().setAutoRead(on);
            }
        });
    }

    /// Ends the connection in the orderly way: close frame, then the server closes. The listener is told.
    public void close() {
        onLoop(() -> {
            Channel open = channel;
            if (open != null) {
                closeCause = "closed by this side";
                write(Frames.CLOSE, new byte[] {0x03, (byte) 0xe8}, 2); // 1000
                open.eventLoop().schedule(() -> open.close(), 2, TimeUnit.SECONDS);
            }
        });
    }

    /// Drops the connection without a word.
    public void abort() {
        onLoop(() -> {
            if (channel != null) {
                closeCause = "dropped by this side";
                channel.close();
            }
        });
    }

    void acksDueAt(long nanos) {
        acksDueAt = nanos;
    }

    long acksDueAt() {
        return acksDueAt;
    }

    /// Confirms at once what was received.
    void sendAcks() {
        pendingAcks.drain((conversation, from, upTo) -> tell(GenericCommand.newBuilder()
                .setCmd(CommandType.ack)
                .setAckMessage(AckCommand.newBuilder()
                        .setCid(conversation)
                        .setFromts(from)
                        .setTots(upTo))));
    }

    void flush() {
        flushPending = false;
        if (channel != null) {
            channel.flush();
        }
    }

    private void onLoop(Runnable task) {
        if (loop.isCurrent()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void write(int opcode, byte[] payload, int length) {
        Channel open = channel;
        if (open == null) {
            return;
        }
        ByteBuf frame = open.alloc().directBuffer(Frames.size(length));
        Frames.write(frame, opcode, payload, length, loop.mask(), loop.scratch(length));
        open.write(frame, open.voidPromise());
        if (!flushPending) {
            flushPending = true;
            loop.flushSoon(this);
        }
    }

    private void received(CommandView command) {
        if (command.answers()) {
            answered(command);
        } else if (command.command() == CommandView.DIRECT) {
            command.into(loop.direct);
            listener.delivered(this, loop.direct);
            if (loop.direct.wantsAck()) {
                confirm();
            }
        } else {
            listener.pushed(this, command.parse());
        }
    }

    private void answered(CommandView command) {
        int correlation = command.correlation();
        if (SendFrame.isCorrelation(correlation)) {
            int sequence = SendFrame.sequenceOf(correlation);
            if (command.command() != CommandView.ACK) {
                ErrorCommand error = command.parse().getErrorMessage();
                listener.refused(this, sequence, new RefusedException(error.getCode(), error.getReason()));
                return;
            }
            command.into(loop.ack);
            if (loop.ack.code() == 0) {
                listener.acked(this, sequence, loop.ack);
            } else {
                listener.refused(this, sequence, new RefusedException(loop.ack.code(), loop.ack.reason()));
            }
            return;
        }
        CompletableFuture<GenericCommand> waiting = pending == null ? null : pending.remove(correlation);
        if (waiting != null) {
            Answers.complete(waiting, command.parse());
        }
    }

    private void confirm() {
        switch (acks) {
            case THROTTLED -> {
                if (pendingAcks.add(loop.direct)) {
                    loop.ackSoon(this);
                }
            }
            case EACH ->
                tell(GenericCommand.newBuilder()
                        .setCmd(CommandType.ack)
                        .setAckMessage(AckCommand.newBuilder()
                                .setCid(loop.direct.conversation())
                                .setMid(loop.direct.id())));
            case NONE -> {}
        }
    }

    private void ended() {
        channel = null;
        reader.release();
        if (pending != null) {
            ConnectionLostException lost = new ConnectionLostException(closeCause);
            Consumer<CompletableFuture<GenericCommand>> fail = answer -> answer.completeExceptionally(lost);
            pending.values().forEach(fail);
            pending = null;
        }
        if (connected.isDone() && !connected.isCompletedExceptionally()) {
            listener.closed(this, closeCause);
        } else {
            connected.completeExceptionally(new ConnectionLostException(closeCause));
        }
    }

    /// The socket's side of the client: what Netty calls.
    private final class Wire extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
        private @Nullable ByteBuf unfinishedUpgrade;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            byte[] request = Handshake.request(endpoint);
            context.writeAndFlush(context.alloc().directBuffer(request.length).writeBytes(request));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object input) {
            ByteBuf bytes = (ByteBuf) input;
            if (!upgraded) {
                bytes = unfinishedUpgrade == null ? bytes : joined(unfinishedUpgrade, bytes);
                unfinishedUpgrade = bytes;
                Optional<String> head = Handshake.response(bytes);
                if (head.isEmpty()) {
                    return;
                }
                Handshake.objection(head.get()).ifPresent(objection -> {
                    throw new ConnectionLostException(objection);
                });
                unfinishedUpgrade = null;
                upgraded = true;
                connected.complete(LightClient.this);
            }
            reader.feed(bytes, this);
        }

        private ByteBuf joined(ByteBuf before, ByteBuf after) {
            ByteBuf whole = before.alloc().buffer(before.readableBytes() + after.readableBytes());
            whole.writeBytes(before).writeBytes(after);
            before.release();
            after.release();
            return whole;
        }

        @Override
        public void message(ByteBuf buffer, int start, int length) {
            loop.command.read(buffer, start, length);
            received(loop.command);
        }

        @Override
        public void control(int opcode, ByteBuf buffer, int start, int length) {
            if (opcode == Frames.PING) {
                byte[] payload = new byte[length];
                buffer.getBytes(start, payload);
                write(Frames.PONG, payload, length);
            } else if (opcode == Frames.CLOSE && channel != null) {
                if (!closeCause.startsWith("closed")) {
                    int code = length < 2 ? 1005 : buffer.getUnsignedShort(start);
                    closeCause = "the server closed with " + code;
                    write(Frames.CLOSE, NO_BYTES, 0);
                }
                Channel open = channel;
                open.eventLoop().schedule(() -> open.close(), 1, TimeUnit.SECONDS);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (unfinishedUpgrade != null) {
                unfinishedUpgrade.release();
            }
            ended();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            closeCause = Objects.toString(failure.getMessage(), failure.toString());
            context.close();
        }
    }
}
