package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.receipt.CursorStore.Marks;
import io.parley.store.ConversationMarks.Moved;
import io.parley.store.ConversationMarks.Unwritten;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far members have received, kept in memory and written behind: every delivered message is acknowledged, and
/// a database call for each would cost more than storing the message. Thread-safe.
///
/// [#write] must be called every few hundred milliseconds, by one thread at a time; see [MarkFlush].
final class DeliveryMarks {
    private static final Logger log = LoggerFactory.getLogger(DeliveryMarks.class);

    /// Marks kept in memory, as far as they are not in use: some 100 bytes each.
    private static final int MAX_MARKS = 1_000_000;

    /// Rounds of [#write] after which marks count as unused. Much longer than any read takes: a reader that missed the
    /// write must still find the marks here.
    private static final int UNUSED_ROUNDS = 150;

    private static final int CONVERSATIONS_PER_WRITE = 256;

    private final KnownConversations known;
    private final Readers readers;
    private final Map<ConversationKey, ConversationMarks> conversations = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<ConversationMarks> unwritten = new ConcurrentLinkedQueue<>();
    private final AtomicInteger round = new AtomicInteger();
    private boolean failing; // of the writing thread

    DeliveryMarks(KnownConversations known, Readers readers) {
        this.known = known;
        this.readers = readers;
    }

    /// See [io.parley.core.receipt.CursorStore#acknowledge]. Blocks only when the conversation is not in memory.
    long acknowledge(ConversationKey key, ClientId member, long upTo, long now) {
        ConversationMarks marks = conversations.get(key);
        while (true) {
            if (marks != null) {
                Moved moved = marks.acknowledge(member, upTo, now, round.get());
                if (moved.effect() == ConversationMarks.Effect.TO_BE_WRITTEN) unwritten.add(marks);
                if (moved.effect() != ConversationMarks.Effect.NOT_LOADED) return moved.before();
            }
            Optional<ConversationMarks> loaded = load(key);
            if (loaded.isEmpty()) return upTo;
            marks = loaded.get();
        }
    }

    /// The marks of all members; none when there is no such conversation.
    Map<ClientId, Marks> all(ConversationKey key) {
        ConversationMarks marks = conversations.get(key);
        while (true) {
            if (marks != null) {
                Optional<Map<ClientId, Marks>> all = marks.all(round.get());
                if (all.isPresent()) return all.get();
            }
            Optional<ConversationMarks> loaded = load(key);
            if (loaded.isEmpty()) return Map.of();
            marks = loaded.get();
        }
    }

    /// Does not block.
    PendingDeliveries pending(ConversationKey key) {
        ConversationMarks marks = conversations.get(key);
        return marks == null ? PendingDeliveries.NONE : marks.pending();
    }

    private Optional<ConversationMarks> load(ConversationKey key) {
        var conversation = known.find(key);
        if (conversation.isEmpty()) return Optional.empty();
        long number = conversation.get().number();
        while (true) {
            // In the map before it is filled: the writer must find it when members change meanwhile.
            ConversationMarks marks = conversations.computeIfAbsent(key, k -> new ConversationMarks(k, number));
            int changesBefore = marks.memberChanges();
            Map<ClientId, Marks> read = readers.read("reading the marks of " + key, db -> readMarks(db, number));
            if (marks.fill(read, changesBefore)) return Optional.of(marks);
        }
    }

    private static Map<ClientId, Marks> readMarks(Db db, long number) throws java.sql.SQLException {
        Map<ClientId, Marks> marks = new HashMap<>();
        db.each(
                "SELECT client, delivered, read FROM member WHERE conversation = ?",
                row -> {
                    marks.put(new ClientId(row.getString(1)), new Marks(row.getLong(2), row.getLong(3)));
                    return true;
                },
                number);
        return marks;
    }

    // Called by the writer's thread after a commit.

    void membersAdded(ConversationKey key, Collection<ClientId> clients, long start) {
        ConversationMarks marks = conversations.get(key);
        if (marks != null) marks.added(clients, start);
    }

    void membersRemoved(ConversationKey key, Collection<ClientId> clients) {
        ConversationMarks marks = conversations.get(key);
        if (marks != null) marks.removed(clients);
    }

    void readByAll(ConversationKey key, long upTo) {
        ConversationMarks marks = conversations.get(key);
        if (marks != null) marks.readByAll(upTo);
    }

    void read(ConversationKey key, ClientId member, long upTo) {
        ConversationMarks marks = conversations.get(key);
        if (marks != null) marks.read(member, upTo);
    }

    /// Writes what has moved since the last call and forgets what nobody uses. Never throws: what cannot be written
    /// stays visible here and is tried again.
    void write(MarkFlush flush) {
        int now = round.incrementAndGet();
        List<ConversationMarks> all = new ArrayList<>();
        for (ConversationMarks marks = unwritten.poll(); marks != null; marks = unwritten.poll()) all.add(marks);
        for (int from = 0; from < all.size(); from += CONVERSATIONS_PER_WRITE) {
            List<Unwritten> changes = new ArrayList<>();
            for (ConversationMarks marks : all.subList(from, Math.min(from + CONVERSATIONS_PER_WRITE, all.size())))
                changes.add(marks.unwritten());
            write(flush, changes);
        }
        if (now % UNUSED_ROUNDS == 0) evict(now - UNUSED_ROUNDS);
    }

    private void write(MarkFlush flush, List<Unwritten> changes) {
        try {
            flush.write(changes);
            for (Unwritten change : changes) change.written();
            failing = false;
        } catch (RuntimeException e) {
            for (Unwritten change : changes) if (change.of().queueAgain()) unwritten.add(change.of());
            if (!failing) log.warn("delivery marks cannot be written, trying again", e);
            failing = true;
        }
    }

    private void evict(int unusedSince) {
        long size = 0;
        for (ConversationMarks marks : conversations.values()) size += marks.size();
        if (size <= MAX_MARKS) return;
        conversations.values().removeIf(marks -> marks.evict(unusedSince));
    }
}
