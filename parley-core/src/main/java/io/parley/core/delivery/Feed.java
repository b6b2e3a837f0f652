package io.parley.core.delivery;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.StoredMessage;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Hands the messages of one conversation out in the order of their positions. The next one goes out at once. A
/// later one
/// waits for the gap to fill: threads that appended one after the other may arrive here the other way round. When the
/// gap stays, because whoever should have filled it failed, the missing ones are read from the log. An earlier one is
/// dropped: it went out already. Thread-safe.
final class Feed {
    /// Long, because whoever fills a gap from the log does not know the sending session, which would get its own
    /// message back: a thread that is merely late must not be taken for one that failed.
    private static final long PATIENCE_MILLIS = 1000;

    /// More than can be in flight at once; a gap that is larger is filled in several steps.
    private static final int FILL = 1000;

    private final ConversationKey conversation;
    private final Feeds.Source source;
    private final Feeds.Sink sink;
    private final ScheduledExecutorService timer;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, Early> early = new TreeMap<>(); // guarded by lock
    private long next; // guarded by lock; 0 before the start
    private boolean fillScheduled; // guarded by lock

    private int leases; // changed inside the map's compute, and in leave(): guarded by this
    private long usedAt; // System.nanoTime(), guarded by this

    private record Early(StoredMessage message, Origin origin) {}

    Feed(ConversationKey conversation, Feeds.Source source, Feeds.Sink sink, ScheduledExecutorService timer) {
        this.conversation = conversation;
        this.source = source;
        this.sink = sink;
        this.timer = timer;
    }

    synchronized void enter() {
        leases++;
        usedAt = System.nanoTime();
    }

    synchronized void leave() {
        leases--;
    }

    synchronized boolean idleSince(long before) {
        return leases == 0 && usedAt - before < 0;
    }

    void start() {
        lock.lock();
        try {
            if (next == 0) next = source.head(conversation) + 1;
        } finally {
            lock.unlock();
        }
    }

    void offer(StoredMessage message, Origin origin) {
        lock.lock();
        try {
            if (message.position() < next) return;
            if (message.position() > next) {
                early.put(message.position(), new Early(message, origin));
                scheduleFill();
                return;
            }
            hand(message, origin);
            handEarly();
        } finally {
            lock.unlock();
        }
    }

    private void hand(StoredMessage message, Origin origin) {
        sink.deliver(conversation, message, origin);
        next = message.position() + 1;
    }

    private void handEarly() {
        while (!early.isEmpty() && early.firstKey() <= next) {
            Early first = early.pollFirstEntry().getValue();
            if (first.message().position() == next) hand(first.message(), first.origin());
        }
    }

    private void scheduleFill() {
        if (fillScheduled) return;
        fillScheduled = true;
        timer.schedule(() -> Thread.startVirtualThread(this::fill), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void fill() {
        lock.lock();
        try {
            fillScheduled = false;
            if (early.isEmpty()) return;
            for (StoredMessage missing : source.after(conversation, next - 1, FILL)) {
                if (early.isEmpty() || missing.position() >= early.firstKey()) break;
                hand(missing, Origin.UNKNOWN);
            }
            // What the log does not have any more is skipped.
            if (!early.isEmpty()) next = Math.max(next, early.firstKey());
            handEarly();
            if (!early.isEmpty()) scheduleFill();
        } finally {
            lock.unlock();
        }
    }
}
