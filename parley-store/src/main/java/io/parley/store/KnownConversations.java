package io.parley.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.core.command.ConversationKey;
import io.parley.store.ConversationRows.Numbered;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Snapshots of conversations in memory, always equal to what is committed: this process is the only one that changes
/// the database, and the writer replaces a snapshot before it reports the change. Thread-safe.
final class KnownConversations {
    /// Counts members, too: about 100 bytes each.
    private static final long MAX_WEIGHT = 2_000_000;

    private final Readers readers;
    private final Cache<ConversationKey, Numbered> snapshots = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((ConversationKey key, Numbered value) ->
                    8 + value.conversation().members().size())
            .build();

    /// Counts changes, per hash of the key. Tells a loader that what it has read may be outdated.
    private final AtomicIntegerArray changes = new AtomicIntegerArray(1024);

    KnownConversations(Readers readers) {
        this.readers = readers;
    }

    /// Blocks when the conversation is not in memory.
    Optional<Numbered> find(ConversationKey key) {
        Numbered known = snapshots.getIfPresent(key);
        return known != null ? Optional.of(known) : load(key);
    }

    private Optional<Numbered> load(ConversationKey key) {
        int slot = key.hashCode() & 1023;
        int before = changes.get(slot);
        Optional<Numbered> loaded = readers.read("reading conversation " + key, db -> ConversationRows.find(db, key));
        if (loaded.isPresent()) {
            snapshots.asMap().putIfAbsent(key, loaded.get());
            // A change that came between would have been overwritten, had its own snapshot been evicted already.
            if (changes.get(slot) != before) snapshots.invalidate(key);
        }
        return loaded;
    }

    /// Called by the writer's thread after the conversation was deleted.
    void deleted(ConversationKey key) {
        changes.incrementAndGet(key.hashCode() & 1023);
        snapshots.invalidate(key);
    }

    /// Called by the writer's thread after each commit that changed the conversation.
    void changed(Numbered now) {
        ConversationKey key = now.conversation().key();
        changes.incrementAndGet(key.hashCode() & 1023);
        snapshots.put(key, now);
    }
}
