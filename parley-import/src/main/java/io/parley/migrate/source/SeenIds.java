package io.parley.migrate.source;

import io.parley.migrate.archive.Checksums;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A set of texts in 8 bytes each, for millions of them: the chance that two of five million look the same is one in a
/// million. Used by one thread.
public final class SeenIds {
    private final MessageDigest digest = Checksums.sha256();
    private long[] slots = new long[1 << 10];
    private int size;

    /// @return whether it is new
    public boolean add(String id) {
        if (size * 2 >= slots.length) grow();
        boolean added = put(hash(id));
        if (added) size++;
        return added;
    }

    public boolean contains(String id) {
        long hash = hash(id);
        int mask = slots.length - 1;
        for (int i = (int) hash & mask; slots[i] != 0; i = (i + 1) & mask) if (slots[i] == hash) return true;
        return false;
    }

    public int size() {
        return size;
    }

    private long hash(String id) {
        long hash = ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == 0 ? 1 : hash;
    }

    private boolean put(long hash) {
        int mask = slots.length - 1;
        int i = (int) hash & mask;
        while (slots[i] != 0) {
            if (slots[i] == hash) return false;
            i = (i + 1) & mask;
        }
        slots[i] = hash;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long hash : old) if (hash != 0) put(hash);
    }
}
