package io.parley.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.parley.core.command.ClientId;
import io.parley.core.command.CloseReason;
import io.parley.core.command.ErrorCode;
import io.parley.core.session.Outgoing;
import io.parley.core.session.Outlet;
import io.parley.protocol.Inbound;
import io.parley.protocol.MalformedFrameException;
import io.parley.protocol.SharedFrame;
import io.parley.protocol.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket. Frames come in on its event loop; heartbeats are answered there, everything else goes through the
/// lane. What goes out is left in the loop's mailbox, by any thread, and written on the loop.
///
/// Kept small, since most of ten thousand connections are silent: no timer, no thread, no collection of its own
/// until it needs one.
final class Connection extends ChannelInboundHandlerAdapter implements Outlet, Lane.Host {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final AtomicIntegerFieldUpdater<Connection> UNWRITTEN =
            AtomicIntegerFieldUpdater.newUpdater(Connection.class, "unwritten");

    private final Channel channel;
    private final Loop loop;
    private final Wire wire;
    private final Lane lane = new Lane(this);
    private final Dialogue dialogue;
    private final Population population;
    private final Upgraded request;

    // Written by one side, read by the other.
    private volatile boolean over; // by the event loop
    private volatile boolean loggedIn; // by either, once
    private volatile boolean laneWaits; // by the lane
    private volatile int unwritten; // bytes of answers that are still in the mailbox

    // Touched by the lane only.
    private boolean pushedToItself;

    // Touched by the event loop only.
    private int place;
    private int openedAt;
    private int heardAt; // after the end: when it ended
    private long answeredAt = System.nanoTime();
    private int surplus;
    private boolean unflushed;
    private @Nullable HeldPushes held;

    Connection(Channel channel, Loop loop, Wire wire, Upgraded request, Chat chat, Population population) {
        this.request = request;
        this.channel = channel;
        this.loop = loop;
        this.wire = wire;
        this.population = population;
        this.dialogue = new Dialogue(this, chat, wire, loop.meters);
    }

    /// The handshake is done and this is the last handler of the pipeline.
    void start() {
        openedAt = loop.tick();
        heardAt = openedAt;
        place = loop.join(this);
        population.join();
        channel.config().setWriteBufferWaterMark(loop.waterMark);
        channel.config().setAutoRead(true);
    }

    void moved(int place) {
        this.place = place;
    }

    // ---- coming in, on the event loop

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof WebSocketFrame frame) frame(frame);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void frame(WebSocketFrame frame) {
        if (over) {
            if (frame instanceof CloseWebSocketFrame) channel.close();
            return;
        }
        heardAt = loop.tick();
        switch (frame) {
            case PingWebSocketFrame ping -> reply(ServerFrame.PONG, ByteBufUtil.getBytes(ping.content()));
            case PongWebSocketFrame pong -> {}
            case CloseWebSocketFrame close -> closedByClient(close);
            default -> message(frame);
        }
    }

    private void message(WebSocketFrame frame) {
        ByteBuf content = frame.content();
        loop.received(content.readableBytes());
        if (frame instanceof TextWebSocketFrame != wire.text()) {
            shut(Ending.of(CloseReason.UNPARSEABLE_RAW_MESSAGE));
            return;
        }
        Inbound inbound;
        try {
            inbound = wire.read(content.nioBuffer());
        } catch (MalformedFrameException e) {
            log.debug("frame cannot be parsed bytes={} why={}", content.readableBytes(), e.getMessage());
            shut(Ending.of(CloseReason.UNPARSEABLE_RAW_MESSAGE));
            return;
        }
        switch (inbound) {
            case Inbound.Request request -> enqueue(() -> dialogue.handle(request));
            case Inbound.Refused refused -> enqueue(() -> dialogue.refuse(refused));
            case Inbound.Echo echo -> reply(opcode(), wire.echo(echo));
            case Inbound.Heartbeat beat -> reply(opcode(), wire.heartbeat());
            case Inbound.DeviceLogin login -> {
                loggedIn = true;
                login.app().ifPresent(app -> enqueue(() -> dialogue.introduce(app)));
                reply(opcode(), wire.deviceLoggedIn(login));
            }
            case Inbound.DeviceLogout logout ->
                wire.deviceLoggedOut(logout).ifPresent(answer -> reply(opcode(), answer));
            case Inbound.Ignored ignored -> log.trace("ignored ids={}", ignored.ids());
        }
    }

    private void enqueue(Runnable work) {
        if (!lane.add(work)) channel.config().setAutoRead(false);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.endTurn();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!channel.isWritable()) return;
        surplus = 0;
        wakeLane();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("LOST", Optional.empty());
        loop.leave(place);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException broken
            when broken.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG) ->
                shut(Ending.of(CloseReason.FRAME_TOO_LONG));
            case TooLongFrameException tooLong -> shut(Ending.of(CloseReason.FRAME_TOO_LONG));
            case DecoderException broken -> {
                log.debug("bad frame", broken);
                shut(Ending.of(CloseReason.UNPARSEABLE_RAW_MESSAGE));
            }
            case IOException broken -> {
                log.debug("socket broken", broken);
                channel.close();
            }
            default -> {
                log.error("connection failed", cause);
                shut(Ending.of(CloseReason.INTERNAL_ERROR));
            }
        }
        loop.endTurn();
    }

    /// One look of the sweep.
    void look(int now, Timeouts timeouts) {
        int silence = now - heardAt;
        if (over) {
            if (silence >= timeouts.closing()) channel.close();
        } else if (!loggedIn && now - openedAt >= timeouts.login()) {
            shut(Ending.of(CloseReason.LOGIN_TIMEOUT));
        } else if (silence >= (wire.json() ? timeouts.legacyDead() : timeouts.read())) {
            shut(Ending.of(CloseReason.READ_TIMEOUT));
        } else if (wire.json() && silence > 0 && silence % timeouts.legacyPing() == 0) {
            reply(ServerFrame.PING, ServerFrame.EMPTY);
        }
    }

    // ---- the end, on the event loop

    private void closedByClient(CloseWebSocketFrame close) {
        byte[] echo = close.statusCode() < 0 ? ServerFrame.EMPTY : ServerFrame.closing(close.statusCode(), "");
        end("CLIENT", Optional.empty());
        channel.writeAndFlush(ServerFrame.encode(channel.alloc(), ServerFrame.CLOSE, echo, ServerFrame.EMPTY))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /// Ends the connection with a close frame. What the client still sends is read and dropped until it answers,
    /// since closing a socket with unread bytes in it would reset it and lose the close frame.
    private void shut(Ending ending) {
        if (over) return;
        HeldPushes waiting = held;
        if (waiting != null) waiting.drain(this::write);
        write(ServerFrame.CLOSE, ServerFrame.closing(ending.code(), ending.text()), ServerFrame.EMPTY);
        end(ending.reason(), ending.error());
        channel.config().setAutoRead(true);
    }

    /// A close frame would have to wait behind all that the client does not read.
    private void tooSlow() {
        abandon(CloseReason.TOO_SLOW);
    }

    /// Ends the connection without a word.
    void abandon(CloseReason reason) {
        end(reason.name(), reason.error());
        channel.close();
    }

    /// Asks the clients to connect elsewhere, after what they asked before.
    void goAway() {
        if (!over) enqueue(dialogue::goAway);
    }

    /// The server stops.
    void goodbye() {
        shut(Ending.of(CloseReason.GOING_AWAY));
    }

    /// @param error that ended it, if one did
    private void end(String reason, Optional<ErrorCode> error) {
        if (over) return;
        over = true;
        heardAt = loop.tick();
        held = null;
        loop.meters.closed(reason);
        lane.add(() -> finish(error));
        wakeLane();
    }

    // ---- on the lane

    private void finish(Optional<ErrorCode> error) {
        dialogue.end(error);
        population.leave();
    }

    void answer(byte[] frame) {
        if (over) return;
        UNWRITTEN.addAndGet(this, frame.length);
        loop.mailbox.post(new Mail.Answer(this, frame));
    }

    void loggedIn() {
        loggedIn = true;
    }

    boolean isOver() {
        return over;
    }

    /// Waits while the reader does not keep up with the answers, or the server not with the pushes that its
    /// commands cause.
    @Override
    public void awaitRoom() {
        loop.all.awaitRoom();
        if (readerKeepsUp()) return;
        laneWaits = true;
        while (!readerKeepsUp()) LockSupport.park(this);
        laneWaits = false;
    }

    private boolean readerKeepsUp() {
        return over || (unwritten <= loop.settings.outboxShare() && channel.isWritable());
    }

    @Override
    public void workDone() {
        if (!pushedToItself) return;
        pushedToItself = false;
        loop.mailbox.post(new Mail.Done(this));
    }

    @Override
    public void inboxHasRoom() {
        loop.mailbox.post(new Mail.Room(this));
    }

    @Override
    public int maxInbox() {
        return loop.settings.maxInboxCommands();
    }

    // ---- going out, from any thread

    @Override
    public void send(ClientId to, Outgoing event) {
        if (over) return;
        boolean own = lane.isCurrentThread();
        if (own) pushedToItself = true;
        loop.mailbox.post(new Mail.Push(this, to, event, own));
    }

    @Override
    public Optional<String> address() {
        if (request.forwardedFor().isPresent()) return request.forwardedFor();
        return channel.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? Optional.of(remote.getAddress().getHostAddress())
                : Optional.empty();
    }

    @Override
    public Optional<String> origin() {
        return request.origin();
    }

    @Override
    public void close(CloseReason reason) {
        close(Ending.of(reason));
    }

    void close(Ending ending) {
        if (!over) loop.mailbox.post(new Mail.Close(this, ending));
    }

    // ---- going out, on the event loop

    void receive(Mail mail) {
        switch (mail) {
            case Mail.Push push -> push(push);
            case Mail.Answer answer -> answered(answer.frame);
            case Mail.Done done -> commandDone();
            case Mail.Room room -> {
                if (!over) channel.config().setAutoRead(true);
            }
            case Mail.Close close -> shut(close.ending);
        }
    }

    private void push(Mail.Push push) {
        if (over) return;
        // A room's messages are worth less than the connection: who reads slowly misses some.
        if (push.event.droppable() && isFull()) {
            loop.meters.dropped();
            return;
        }
        HeldPushes waiting = held;
        if (push.own) {
            if (waiting == null) held = waiting = new HeldPushes();
            waiting.addOwn(push);
        } else if (waiting == null) {
            write(push);
        } else {
            waiting.addForeign(push, shared(push).body().length, System.nanoTime());
            if (waiting.foreignBytes() > loop.settings.outboxShare()) tooSlow();
        }
    }

    private void answered(byte[] frame) {
        UNWRITTEN.addAndGet(this, -frame.length);
        if (!over) {
            write(opcode(), frame, ServerFrame.EMPTY);
            answeredAt = System.nanoTime();
        }
        wakeLane();
    }

    private void commandDone() {
        HeldPushes waiting = held;
        if (waiting == null) return;
        waiting.commandDone(answeredAt + loop.settings.noticeDelay().toNanos());
        releaseHeld();
    }

    private void releaseHeld() {
        HeldPushes waiting = held;
        if (waiting == null) return;
        long now = System.nanoTime();
        waiting.release(now, this::write);
        if (waiting.isEmpty()) {
            held = null;
            return;
        }
        OptionalLong due = waiting.due();
        if (due.isPresent() && waiting.setTimer())
            loop.executor.schedule(() -> releaseTimedOut(waiting), due.getAsLong() - now, TimeUnit.NANOSECONDS);
    }

    private void releaseTimedOut(HeldPushes timed) {
        timed.timedOut();
        if (timed == held) releaseHeld();
        loop.endTurn();
    }

    private void write(Mail.Push push) {
        SharedFrame frame = shared(push);
        byte[] body = frame.body();
        byte[] tail = frame.tail(push.client);
        write(opcode(), body, tail);
        if (!push.own) spend(body.length + tail.length);
    }

    private SharedFrame shared(Mail.Push push) {
        return push.event.encoded(wire.format(), wire::share);
    }

    /// Answers on the event loop, without the lane: it must not be a way to make the server pile up answers.
    private void reply(int opcode, byte[] frame) {
        write(opcode, frame, ServerFrame.EMPTY);
        spend(frame.length);
    }

    private void write(int opcode, byte[] body, byte[] tail) {
        channel.write(ServerFrame.encode(channel.alloc(), opcode, body, tail), channel.voidPromise());
        loop.sent(body.length + tail.length);
        if (unflushed) return;
        unflushed = true;
        loop.toFlush(this);
    }

    /// What a connection asked for itself is not held against it, since its lane waits while the channel is full.
    /// What others push to it is, from the moment the channel is full.
    private void spend(int bytes) {
        if (!isFull()) return;
        surplus += bytes;
        if (surplus > loop.settings.outboxShare() && !over) tooSlow();
    }

    private boolean isFull() {
        if (channel.isWritable()) return false;
        channel.flush(); // perhaps it is only this turn that was long
        return !channel.isWritable();
    }

    void flush() {
        unflushed = false;
        channel.flush();
    }

    private int opcode() {
        return wire.text() ? ServerFrame.TEXT : ServerFrame.BINARY;
    }

    private void wakeLane() {
        if (laneWaits) lane.wake();
    }
}
