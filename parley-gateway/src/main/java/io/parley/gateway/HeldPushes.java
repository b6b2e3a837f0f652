package io.parley.gateway;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Pushes of one connection that wait until its client had time to digest a reply: those that the connection's own
/// command caused, and all later ones behind them. The JavaScript SDK handles all frames of one read before a
/// promise resolves, so that a push right behind a reply is seen before the reply. Source: protocol 10.2.
///
/// For the connection's event loop only. Times are those of [System#nanoTime].
final class HeldPushes {
    private final ArrayDeque<Held> queue = new ArrayDeque<>(4);
    private int foreignBytes;
    private boolean timerSet;

    private static final class Held {
        final Mail.Push push;
        final int bytes;
        boolean open;
        long due;

        Held(Mail.Push push, int bytes, boolean open, long due) {
            this.push = push;
            this.bytes = bytes;
            this.open = open;
            this.due = due;
        }
    }

    /// Caused by a command that is still running: nobody knows yet when its reply goes out.
    void addOwn(Mail.Push push) {
        queue.add(new Held(push, 0, true, 0));
    }

    /// Caused by somebody else; goes out as soon as nothing is before it.
    void addForeign(Mail.Push push, int bytes, long now) {
        foreignBytes += bytes;
        queue.add(new Held(push, bytes, false, now));
    }

    /// What others want to say while this connection's own pushes are held.
    int foreignBytes() {
        return foreignBytes;
    }

    /// The running command is done.
    void commandDone(long due) {
        for (Iterator<Held> latestFirst = queue.descendingIterator(); latestFirst.hasNext(); ) {
            Held held = latestFirst.next();
            if (!held.open) continue;
            held.open = false;
            held.due = due;
        }
    }

    void release(long now, Consumer<Mail.Push> writer) {
        for (Held first = queue.peek(); first != null && !first.open && first.due - now <= 0; first = queue.peek()) {
            queue.remove();
            foreignBytes -= first.bytes;
            writer.accept(first.push);
        }
    }

    /// When to look again; empty while nothing is held, or while the first waits for the end of its command.
    OptionalLong due() {
        Held first = queue.peek();
        return first == null || first.open ? OptionalLong.empty() : OptionalLong.of(first.due);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /// All at once, since the connection ends.
    void drain(Consumer<Mail.Push> writer) {
        for (Held held : queue) writer.accept(held.push);
        queue.clear();
    }

    /// Returns true when no timer is set; then one is, until [#timedOut].
    boolean setTimer() {
        if (timerSet) return false;
        timerSet = true;
        return true;
    }

    void timedOut() {
        timerSet = false;
    }
}
