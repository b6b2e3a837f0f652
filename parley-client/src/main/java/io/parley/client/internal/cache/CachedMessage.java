package io.parley.client.internal.cache;

import io.parley.client.internal.StoredMessage;

/** A message in the cache. Immutable. */
public final class CachedMessage {
    private final StoredMessage message;
    private final boolean gap;
    private final long checkedAt;

    /**
     * @param gap messages may be missing between the next older one in the cache and this one
     * @param checkedAt when the server told it last, milliseconds since the epoch
     */
    CachedMessage(StoredMessage message, boolean gap, long checkedAt) {
        this.message = message;
        this.gap = gap;
        this.checkedAt = checkedAt;
    }

    public StoredMessage message() {
        return message;
    }

    boolean gap() {
        return gap;
    }

    long checkedAt() {
        return checkedAt;
    }
}
