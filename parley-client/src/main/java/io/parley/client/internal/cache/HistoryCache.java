package io.parley.client.internal.cache;

import io.parley.client.internal.StoredMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pages of the history, and whether the cache has them whole. Each cached message knows whether its older neighbour in
 * the cache is its neighbour at the server, too; the newest cached message of a conversation is the newest of all only
 * while the connection holds since a page of the newest messages was read. Used by one thread at a time.
 */
public final class HistoryCache {
    private static final int CHUNK = 200;

    private final Cache cache;

    /** Client and conversation, whose newest messages are all known. */
    private final Set<List<String>> current = new HashSet<>();

    public HistoryCache(Cache cache) {
        this.cache = cache;
    }

    /** A place in a conversation; the end when there is no message. Immutable. */
    public static final class Place {
        /** After the newest message. */
        public static final Place END = new Place("", Long.MAX_VALUE);

        final String id;
        final long timestamp;

        public Place(String id, long timestamp) {
            this.id = id;
            this.timestamp = timestamp;
        }

        boolean isEnd() {
            return timestamp == Long.MAX_VALUE;
        }
    }

    /** What the cache has of a page, oldest first. Immutable. */
    public static final class Page {
        /** When there is no cache. */
        public static final Page NOTHING = new Page(List.of(), false);

        public final List<StoredMessage> messages;

        /** Nothing is missing, and the server told all of it lately. */
        public final boolean isWhole;

        Page(List<StoredMessage> messages, boolean isWhole) {
            this.messages = Collections.unmodifiableList(messages);
            this.isWhole = isWhole;
        }
    }

    /** @param since messages that the server told before that time must be read again */
    public Page page(String client, String conversation, Place before, int limit, long since) {
        List<CachedMessage> rows = cache.before(client, conversation, before.timestamp, before.id, limit);
        List<StoredMessage> messages = new ArrayList<>();
        boolean connected = isConnected(client, conversation, before);
        boolean whole = connected;
        for (CachedMessage row : rows) {
            whole &= connected && row.checkedAt() > since;
            messages.add(row.message());
            connected &= !row.gap();
        }
        // A short page is whole when the oldest message is known to have none before it.
        if (rows.size() < limit) whole &= connected;
        Collections.reverse(messages);
        return new Page(messages, whole);
    }

    private boolean isConnected(String client, String conversation, Place before) {
        if (before.isEnd()) return current.contains(List.of(client, conversation));
        CachedMessage anchor = cache.message(client, conversation, before.id);
        return anchor != null && !anchor.gap();
    }

    /**
     * Keeps a page that the server gave.
     *
     * @param page oldest first
     * @param askedAt what was told since then is newer than this page
     */
    public void put(
            String client,
            String conversation,
            Place before,
            int limit,
            List<StoredMessage> page,
            long askedAt,
            long now) {
        boolean toTheStart = page.size() < limit;
        removeVanished(client, conversation, before, page, toTheStart, askedAt);
        List<CachedMessage> rows = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            StoredMessage message = page.get(i);
            boolean gap = i == 0 && !toTheStart && hasGap(client, conversation, message.id());
            rows.add(new CachedMessage(message, gap, now));
        }
        CachedMessage anchor = before.isEnd() ? null : cache.message(client, conversation, before.id);
        if (anchor != null && anchor.gap()) rows.add(new CachedMessage(anchor.message(), false, anchor.checkedAt()));
        cache.putMessages(client, rows);
    }

    private boolean hasGap(String client, String conversation, String id) {
        CachedMessage known = cache.message(client, conversation, id);
        return known == null || known.gap();
    }

    /** What lies in the range of the page and is not in it was deleted at the server. */
    private void removeVanished(
            String client,
            String conversation,
            Place before,
            List<StoredMessage> page,
            boolean toTheStart,
            long askedAt) {
        Set<String> there = new HashSet<>();
        for (StoredMessage message : page) there.add(message.id());
        long oldest =
                toTheStart || page.isEmpty() ? Long.MIN_VALUE : page.get(0).timestamp();
        List<String> gone = new ArrayList<>();
        Place place = before;
        List<CachedMessage> rows;
        do {
            rows = cache.before(client, conversation, place.timestamp, place.id, CHUNK);
            for (CachedMessage row : rows) {
                if (row.message().timestamp() >= oldest
                        && row.checkedAt() < askedAt
                        && !there.contains(row.message().id()))
                    gone.add(row.message().id());
                place = new Place(row.message().id(), row.message().timestamp());
            }
        } while (rows.size() == CHUNK && place.timestamp >= oldest);
        cache.removeMessages(client, conversation, gone);
    }

    /** The newest messages of the conversation are known from now on. */
    public void becomeCurrent(String client, String conversation) {
        current.add(List.of(client, conversation));
    }

    /** The connection is lost: messages may come that this client does not see. */
    public void loseTouch(String client) {
        current.removeIf(key -> key.get(0).equals(client));
    }

    /** A new message, or an older one that was missed: only the newest is known to follow the one before. */
    public void append(String client, StoredMessage message, long now) {
        String conversation = message.conversation();
        CachedMessage known = cache.message(client, conversation, message.id());
        boolean gap = known != null
                ? known.gap()
                : !current.contains(List.of(client, conversation)) || !isNewest(client, message);
        cache.putMessages(client, List.of(new CachedMessage(message, gap, now)));
    }

    private boolean isNewest(String client, StoredMessage message) {
        List<CachedMessage> newest = cache.before(client, message.conversation(), Long.MAX_VALUE, "", 1);
        return newest.isEmpty() || newest.get(0).message().timestamp() < message.timestamp();
    }

    /** A message was changed; one that is not known stays unknown. */
    public void change(String client, StoredMessage message) {
        CachedMessage known = cache.message(client, message.conversation(), message.id());
        if (known == null) return;
        StoredMessage merged =
                message.withReceipts(known.message().ackAt(), known.message().readAt());
        cache.putMessages(client, List.of(new CachedMessage(merged, known.gap(), known.checkedAt())));
    }

    /** A message was delivered or read; see {@link StoredMessage#withReceipts}. */
    public void receive(String client, String conversation, String id, long delivered, long read) {
        CachedMessage known = cache.message(client, conversation, id);
        if (known == null) return;
        cache.putMessages(
                client,
                List.of(new CachedMessage(
                        known.message().withReceipts(delivered, read), known.gap(), known.checkedAt())));
    }
}
