package io.parley.store;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationKey;
import io.parley.core.receipt.CursorStore.Marks;
import io.parley.store.PendingDeliveries.Acknowledged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The marks of one conversation's members in memory, ahead of the database by what is not written yet.
/// Thread-safe: all state is guarded by this object, and nothing blocks inside.
final class ConversationMarks {
    /// More than this is not remembered between two writes: only delivery times of messages get lost then.
    private static final int MAX_PENDING = 4096;

    final ConversationKey key;
    final long number;

    private final Map<ClientId, Mark> marks = new HashMap<>();
    private final List<Acknowledged> pending = new ArrayList<>(2);
    private boolean loaded;
    private boolean evicted;
    private boolean queued; // to be written
    private int memberChanges;
    private int lastUsed;

    // The two that were seen to acknowledge furthest: what both passed has a delivery time, whoever sent it.
    private @Nullable Mark first;
    private @Nullable Mark second;

    private static final class Mark {
        private final long start; // the delivery mark when it came into memory
        private long delivered;
        private long read;
        private long written; // the delivery mark as the database has it

        private Mark(long delivered, long read) {
            this.delivered = Math.max(delivered, read);
            this.start = this.delivered;
            this.read = read;
            this.written = delivered;
        }
    }

    ConversationMarks(ConversationKey key, long number) {
        this.key = key;
        this.number = number;
    }

    /// Counts changes of the members: what was read before such a change must not be filled in.
    synchronized int memberChanges() {
        return memberChanges;
    }

    /// @return whether the marks are complete now
    synchronized boolean fill(Map<ClientId, Marks> read, int memberChangesBefore) {
        if (loaded) return true;
        if (memberChanges != memberChangesBefore) return false;
        read.forEach((client, mark) -> marks.put(client, new Mark(mark.deliveredUpTo(), mark.readUpTo())));
        loaded = true;
        return true;
    }

    enum Effect {
        /// Load the marks and try again.
        NOT_LOADED,
        NONE,
        MOVED,
        /// Moved, and the caller must queue the conversation for writing.
        TO_BE_WRITTEN
    }

    /// @param before the mark before, or `upTo` for somebody who is no member
    record Moved(Effect effect, long before) {}

    synchronized Moved acknowledge(ClientId member, long upTo, long now, int round) {
        if (evicted || !loaded) return new Moved(Effect.NOT_LOADED, 0);
        lastUsed = round;
        Mark mark = marks.get(member);
        if (mark == null) return new Moved(Effect.NONE, upTo);
        long before = mark.delivered;
        if (upTo <= before) return new Moved(Effect.NONE, before);
        if (pending.size() < MAX_PENDING) remember(mark, member, upTo, now);
        mark.delivered = upTo;
        rank(mark);
        if (queued) return new Moved(Effect.MOVED, before);
        queued = true;
        return new Moved(Effect.TO_BE_WRITTEN, before);
    }

    /// In a large group all but the first acknowledgements of a message are without effect on its delivery time.
    private void remember(Mark mark, ClientId member, long upTo, long now) {
        long after = mark.delivered;
        Mark one = first;
        Mark other = second;
        if (one != null && other != null && mark != one && mark != other && after >= Math.max(one.start, other.start))
            after = Math.max(after, other.delivered);
        if (after < upTo) pending.add(new Acknowledged(member, after, upTo, now));
    }

    private void rank(Mark moved) {
        if (moved == first) return;
        if (first == null || moved.delivered > first.delivered) {
            second = first;
            first = moved;
        } else if (second == null || moved.delivered > second.delivered) {
            second = moved;
        }
    }

    /// After a read mark became durable.
    synchronized void read(ClientId member, long upTo) {
        Mark mark = marks.get(member);
        if (mark == null) return;
        mark.read = Math.max(mark.read, upTo);
        mark.delivered = Math.max(mark.delivered, mark.read);
    }

    /// After all read marks that were before it became durable there.
    synchronized void readByAll(long upTo) {
        for (ClientId member : List.copyOf(marks.keySet())) read(member, upTo);
    }

    /// After members were durably added, their marks starting at `start`.
    synchronized void added(Collection<ClientId> clients, long start) {
        memberChanges++;
        if (loaded) for (ClientId client : clients) marks.put(client, new Mark(start, start));
    }

    /// After members were durably removed.
    synchronized void removed(Collection<ClientId> clients) {
        memberChanges++;
        for (ClientId client : clients) marks.remove(client);
    }

    /// Empty when the marks are not loaded.
    synchronized Optional<Map<ClientId, Marks>> all(int round) {
        if (evicted || !loaded) return Optional.empty();
        lastUsed = round;
        Map<ClientId, Marks> all = new HashMap<>();
        marks.forEach((client, mark) -> all.put(client, new Marks(mark.delivered, mark.read)));
        return Optional.of(all);
    }

    synchronized PendingDeliveries pending() {
        return pending.isEmpty() ? PendingDeliveries.NONE : new PendingDeliveries(List.copyOf(pending));
    }

    /// What must be written. Acknowledgements that come from now on queue the conversation anew.
    record Unwritten(ConversationMarks of, Map<ClientId, Long> marks, PendingDeliveries deliveries) {
        /// After it was written.
        void written() {
            of.written(this);
        }
    }

    synchronized Unwritten unwritten() {
        queued = false;
        Map<ClientId, Long> moved = new HashMap<>();
        marks.forEach((client, mark) -> {
            if (mark.delivered > mark.written) moved.put(client, mark.delivered);
        });
        return new Unwritten(this, moved, pending());
    }

    private synchronized void written(Unwritten done) {
        done.marks.forEach((client, upTo) -> {
            Mark mark = marks.get(client);
            if (mark != null) mark.written = Math.max(mark.written, upTo);
        });
        pending.subList(0, done.deliveries.acknowledged().size()).clear();
    }

    /// After writing failed: true when the caller must queue the conversation again.
    synchronized boolean queueAgain() {
        if (queued) return false;
        queued = true;
        return true;
    }

    /// Lets go of this object, unless it is in use: then callers that still hold it must look it up again.
    synchronized boolean evict(int unusedSince) {
        if (queued || !pending.isEmpty() || lastUsed - unusedSince > 0) return false;
        evicted = true;
        return true;
    }

    synchronized int size() {
        return 1 + marks.size();
    }
}
