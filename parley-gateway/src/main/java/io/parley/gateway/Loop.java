package io.parley.gateway;

import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.parley.core.command.CloseReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the connections of one event loop share: the mailbox, one sweep instead of a timer each, one flush per
/// turn. Everything but [#mailbox] and [#forEach] is for the event loop's own thread.
final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    final EventLoop executor;
    final Loops all;
    final Mailbox mailbox;
    final GatewaySettings settings;
    final GatewayMeters meters;
    final WriteBufferWaterMark waterMark;

    private final Timeouts timeouts;
    private final List<Connection> connections = new ArrayList<>();
    private final Queue<Connection> unflushed = new ArrayDeque<>();
    private @Nullable Future<?> sweep;
    private int tick;

    // Counted here and added up once per turn, since a shared counter per frame costs more than the frame.
    private int framesIn;
    private int framesOut;
    private long bytesIn;
    private long bytesOut;

    Loop(EventLoop executor, Loops all, GatewaySettings settings, GatewayMeters meters) {
        this.executor = executor;
        this.all = all;
        this.settings = settings;
        this.meters = meters;
        this.waterMark = new WriteBufferWaterMark(settings.outboxShare() / 2, settings.outboxShare());
        this.timeouts = Timeouts.of(settings);
        this.mailbox = new Mailbox(executor, this::handle, this::endTurn);
    }

    private void handle(Mail mail) {
        guarded(mail.to, () -> mail.to.receive(mail));
    }

    /// Keeps one connection's failure away from the others.
    private static void guarded(Connection connection, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("an event could not be written", e);
        } catch (Error e) {
            // Most likely memory: what was to be written is lost, and the client learns it by connecting again.
            log.error("a connection had to be dropped", e);
            connection.abandon(CloseReason.INTERNAL_ERROR);
        }
    }

    /// Returns the place to give back in [#leave].
    int join(Connection connection) {
        if (sweep == null)
            sweep = executor.scheduleAtFixedRate(this::sweep, timeouts.tick(), timeouts.tick(), TimeUnit.NANOSECONDS);
        connections.add(connection);
        return connections.size() - 1;
    }

    void leave(int place) {
        Connection last = connections.removeLast();
        if (place < connections.size()) {
            connections.set(place, last);
            last.moved(place);
        }
        if (connections.isEmpty() && sweep != null) {
            sweep.cancel(false);
            sweep = null;
        }
    }

    /// Thread-safe; the action runs on the event loop.
    void forEach(Consumer<Connection> action) {
        executor.execute(() -> {
            for (Connection connection : List.copyOf(connections)) guarded(connection, () -> action.accept(connection));
            endTurn();
        });
    }

    private void sweep() {
        tick++;
        // From the back: whoever leaves is replaced by one that was looked at already.
        for (int i = connections.size() - 1; i >= 0; i--) look(connections.get(i));
        endTurn();
    }

    private void look(Connection connection) {
        guarded(connection, () -> connection.look(tick, timeouts));
    }

    /// The coarse time of timeouts: ticks of the sweep.
    int tick() {
        return tick;
    }

    void received(int bytes) {
        framesIn++;
        bytesIn += bytes;
    }

    void sent(int bytes) {
        framesOut++;
        bytesOut += bytes;
    }

    /// To be called once by a connection that has written something since its last flush.
    void toFlush(Connection connection) {
        unflushed.add(connection);
    }

    /// Ends a piece of work in which frames were read or written.
    void endTurn() {
        // A flush may find its socket broken, and what follows from that writes, or ends a turn, before it returns.
        for (Connection next = unflushed.poll(); next != null; next = unflushed.poll()) next.flush();
        if (framesIn > 0) meters.received(framesIn, bytesIn);
        if (framesOut > 0) meters.sent(framesOut, bytesOut);
        framesIn = 0;
        framesOut = 0;
        bytesIn = 0;
        bytesOut = 0;
    }
}
