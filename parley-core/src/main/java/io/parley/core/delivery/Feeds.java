package io.parley.core.delivery;

import io.parley.core.command.ConversationKey;
import io.parley.core.command.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The feeds of the conversations in which something is sent. Thread-safe. Entering a feed may block for a read of
/// the
/// log's head, the first time.
public final class Feeds {
    /// A feed that nobody has used for this long is forgotten; the next message reads the log's head again.
    private static final Duration KEEP = Duration.ofMinutes(2);

    private final Map<ConversationKey, Feed> feeds = new ConcurrentHashMap<>();
    private final Source source;
    private final Sink sink;
    private final ScheduledExecutorService timer;

    /// What a feed reads to start, and to fill a gap.
    public interface Source {
        long head(ConversationKey conversation);

        List<StoredMessage> after(ConversationKey conversation, long position, int limit);
    }

    /// Where a feed's messages go, in order.
    public interface Sink {
        void deliver(ConversationKey conversation, StoredMessage message, Origin origin);
    }

    public Feeds(Source source, Sink sink, ScheduledExecutorService timer) {
        this.source = source;
        this.sink = sink;
        this.timer = timer;
        timer.scheduleWithFixedDelay(this::forgetIdle, KEEP.toSeconds(), KEEP.toSeconds(), TimeUnit.SECONDS);
    }

    /// To be called before a message is appended, so that the feed knows where the new ones begin. Close the lease
    /// when
    /// the message was handed over, or failed.
    public Lease enter(ConversationKey conversation) {
        Feed feed = feeds.compute(conversation, (key, present) -> {
            Feed used = present == null ? new Feed(key, source, sink, timer) : present;
            used.enter();
            return used;
        });
        try {
            feed.start();
        } catch (RuntimeException e) {
            feed.leave();
            throw e;
        }
        return new Lease(feed);
    }

    /// Keeps a feed alive while a message is on its way.
    public static final class Lease implements AutoCloseable {
        private final Feed feed;

        private Lease(Feed feed) {
            this.feed = feed;
        }

        public void offer(StoredMessage message, Origin origin) {
            feed.offer(message, origin);
        }

        @Override
        public void close() {
            feed.leave();
        }
    }

    private void forgetIdle() {
        long before = System.nanoTime() - KEEP.toNanos();
        for (ConversationKey key : feeds.keySet())
            feeds.computeIfPresent(key, (same, feed) -> feed.idleSince(before) ? null : feed);
    }
}
