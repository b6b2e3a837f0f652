package io.parley.client.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.client.AVIMConnectionState;
import io.parley.client.AVIMException;
import io.parley.client.internal.LoopThread.Timer;
import io.parley.client.internal.Transport.Channel;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, shared by all clients of an app, and what keeps it alive: it connects when a client wants to be
 * there, tries again when the connection is lost, and ends it when the last client has gone.
 *
 * <p>Everything happens on one thread, {@link LoopThread}; methods are called there unless they say otherwise. The
 * reader of the socket only hands frames over.
 */
public final class ConnectionLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);

    /** After these, trying again is no use. Source: protocol 2.4. */
    private static final List<Integer> FATAL = List.of(4100, 4103, 4110);

    private static final int ABNORMAL = 1006;

    private final LoopThread loop;
    private final Settings settings;
    private final Transport transport;
    private final Routes routes;
    private final Supplier<String> protocol;
    private final Consumer<AVIMConnectionState> watcher;
    private final PendingReplies pending;

    /** By client id, in the order they came: the first one is tried first after a reconnect. */
    private final Map<String, SessionLink> sessions = new LinkedHashMap<>();

    /** Written by the loop only. */
    private volatile AVIMConnectionState state = AVIMConnectionState.CLOSED;

    /** Tells the socket of now from those before, whose last words may still come. */
    private int generation;

    private @Nullable Channel channel;
    private int attempt;
    private boolean freshRoute;

    /** Addresses that were not tried yet in this attempt. */
    private final Deque<String> candidates = new ArrayDeque<>();

    private Timer timer = () -> {};
    private Timer heartbeat = () -> {};

    /**
     * @param protocol the sub-protocol that the next socket asks for
     * @param watcher is told each new state, on the loop's thread
     */
    public ConnectionLoop(
            LoopThread loop,
            Settings settings,
            Transport transport,
            Routes routes,
            Supplier<String> protocol,
            Consumer<AVIMConnectionState> watcher) {
        this.loop = loop;
        this.settings = settings;
        this.transport = transport;
        this.routes = routes;
        this.protocol = protocol;
        this.watcher = watcher;
        this.pending = new PendingReplies(loop);
    }

    /** On any thread. */
    public AVIMConnectionState state() {
        return state;
    }

    LoopThread thread() {
        return loop;
    }

    Settings settings() {
        return settings;
    }

    /** A client of this app. On any thread. */
    public SessionLink session(String clientId, String tag, SessionLink.Owner owner) {
        return new SessionLink(this, clientId, tag, owner);
    }

    // ---- who wants the connection

    /** The session is to be opened: now if there is a socket, else as soon as there is one. */
    void want(SessionLink session) {
        sessions.put(session.clientId(), session);
        if (channel != null && isUp()) {
            become(AVIMConnectionState.OPENING);
            session.connected();
        } else if (state == AVIMConnectionState.CLOSED) connect();
        else hurry();
    }

    /** Somebody wants the connection now. */
    void hurry() {
        if (state == AVIMConnectionState.WAITING) connect();
    }

    void leave(SessionLink session) {
        if (!sessions.remove(session.clientId(), session)) return;
        if (sessions.isEmpty()) end();
        else settle();
    }

    private void end() {
        Channel open = channel;
        dropSocket();
        if (open != null) open.close();
        become(AVIMConnectionState.CLOSED);
        pending.failAll(Failures.notConnected());
    }

    /** All sessions that came back make the connection whole again. */
    void settle() {
        if (state == AVIMConnectionState.OPENING && sessions.values().stream().allMatch(SessionLink::isOpen))
            become(AVIMConnectionState.OPEN);
    }

    private boolean isUp() {
        return state == AVIMConnectionState.OPENING || state == AVIMConnectionState.OPEN;
    }

    private void become(AVIMConnectionState next) {
        if (state == next) return;
        LOG.debug("connection state={}", next);
        state = next;
        watcher.accept(next);
    }

    // ---- connecting

    private void connect() {
        timer.cancel();
        become(AVIMConnectionState.CONNECTING);
        candidates.clear();
        int mine = ++generation;
        waitFor(mine, "the server's route directory does not answer");
        routes.find(freshRoute)
                .whenComplete((urls, error) -> loop.execute(() -> {
                    if (mine != generation) return;
                    if (error != null)
                        lost(mine, ABNORMAL, String.valueOf(Failures.of(error).getMessage()));
                    else {
                        freshRoute = false;
                        candidates.addAll(urls);
                        dial(mine, candidates.remove());
                    }
                }));
    }

    private void waitFor(int mine, String otherwise) {
        timer.cancel();
        timer = loop.schedule(() -> lost(mine, ABNORMAL, otherwise), settings.connectTimeout);
    }

    private void dial(int mine, String url) {
        waitFor(mine, "no connection in time");
        channel = transport.connect(url, protocol.get(), new Transport.Listener() {
            @Override
            public void opened() {
                loop.execute(() -> connected(mine));
            }

            @Override
            public void received(byte[] frame) {
                loop.execute(() -> take(mine, frame));
            }

            @Override
            public void ended(int code, String reason) {
                loop.execute(() -> lost(mine, code, reason));
            }
        });
    }

    private void connected(int mine) {
        if (mine != generation) return;
        timer.cancel();
        become(AVIMConnectionState.OPENING);
        beatLater(mine);
        for (SessionLink session : new ArrayList<>(sessions.values())) session.connected();
    }

    // ---- losing the connection

    /** This socket is of no use any more. */
    void lost(String why) {
        lost(generation, ABNORMAL, why);
    }

    private void lost(int mine, int code, String reason) {
        if (mine != generation) return;
        boolean fatal = FATAL.contains(code);
        if (state == AVIMConnectionState.CONNECTING && !candidates.isEmpty()) {
            LOG.debug("connection failed, trying the next address reason={}", reason);
            Channel hanging = channel;
            if (hanging != null) hanging.cancel();
            dial(++generation, candidates.remove());
            return;
        }
        LOG.info("connection lost code={} reason={}", code, reason);
        Channel dead = channel;
        String what = state == AVIMConnectionState.CONNECTING ? "cannot connect" : "connection lost";
        dropSocket();
        if (dead != null) dead.cancel();
        freshRoute = true;
        AVIMException error = new AVIMException(
                code >= 4000 ? code : AVIMException.CONNECTION_FAILED, what + (reason.isEmpty() ? "" : ": " + reason));
        // State first: what the failing requests do next must not use this socket.
        become(AVIMConnectionState.WAITING);
        pending.failAll(error);
        for (SessionLink session : new ArrayList<>(sessions.values())) {
            if (fatal) session.ended(error);
            else session.disconnected(error);
        }
        if (sessions.isEmpty()) become(AVIMConnectionState.CLOSED);
        else if (state == AVIMConnectionState.WAITING) {
            long wait = settings.retryDelay(attempt++);
            LOG.debug("reconnecting wait={}ms attempt={}", wait, attempt);
            timer = loop.schedule(this::connect, wait);
        }
    }

    private void dropSocket() {
        generation++;
        channel = null;
        timer.cancel();
        heartbeat.cancel();
    }

    /** A session is open: the network is good again. */
    void proven() {
        attempt = 0;
        settle();
    }

    // ---- what the platform knows of the network

    /** The network may be another one: the socket is tried, and a waiting connection does not wait longer. */
    public void networkChanged() {
        if (state == AVIMConnectionState.WAITING) {
            attempt = 0;
            connect();
        } else if (isUp()) probe();
    }

    /** The network is gone: there is no use in waiting for time-outs. */
    public void networkLost() {
        if (isUp() || state == AVIMConnectionState.CONNECTING) lost("the network is gone");
    }

    // ---- heartbeats

    private void beatLater(int mine) {
        heartbeat.cancel();
        heartbeat = loop.schedule(
                () -> {
                    if (mine != generation) return;
                    probe();
                    beatLater(mine);
                },
                settings.heartbeat);
    }

    /** Asks the other end for an echo; without one, the connection counts as lost. */
    void probe() {
        int mine = generation;
        ask(GenericCommand.newBuilder().setCmd(CommandType.echo), settings.replyTimeout, "echo")
                .whenComplete((echo, error) -> {
                    if (error != null && mine == generation) lost(mine, ABNORMAL, "no echo");
                });
    }

    // ---- frames

    /** Sends a request; its reply comes on the loop's thread. */
    CompletableFuture<GenericCommand> ask(GenericCommand.Builder request, long timeout, String what) {
        Channel open = channel;
        if (open == null || !isUp()) return Futures.failed(Failures.notConnected());
        int number = pending.next();
        CompletableFuture<GenericCommand> reply = pending.await(number, timeout, what);
        if (!open.send(request.setI(number).build().toByteArray())) loop.execute(() -> lost("cannot send"));
        return reply;
    }

    /** Sends what has no answer; without a socket it is lost, which is right for acknowledgements. */
    void tell(GenericCommand.Builder frame) {
        Channel open = channel;
        if (open != null && isUp()) open.send(frame.build().toByteArray());
    }

    private void take(int mine, byte[] bytes) {
        if (mine != generation) return;
        GenericCommand frame;
        try {
            frame = GenericCommand.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("a frame cannot be read size={}", bytes.length, e);
            return;
        }
        if (frame.hasI()) {
            if (!pending.complete(frame)) LOG.debug("an answer that nobody waits for cmd={}", frame.getCmd());
        } else if (frame.getCmd() == CommandType.goaway) lost(mine, ABNORMAL, "the server sends its clients away");
        else deliver(frame);
    }

    private void deliver(GenericCommand push) {
        SessionLink session = push.hasPeerId()
                ? sessions.get(push.getPeerId())
                : sessions.values().stream().findFirst().orElse(null);
        if (session == null) LOG.debug("a push for nobody cmd={}", push.getCmd());
        else session.received(push);
    }

    /** Closes everything, for good. On any thread. */
    public void shutdown() {
        loop.execute(() -> {
            for (SessionLink session : new ArrayList<>(sessions.values()))
                session.ended(new AVIMException(AVIMException.CONNECTION_FAILED, "the SDK was shut down"));
            end();
        });
        loop.shutdown();
    }
}
