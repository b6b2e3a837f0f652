package io.parley.client.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets its oldest entries. Not thread-safe.
 *
 * @param <K> key
 * @param <V> value
 */
public final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int size;

    /** @param size how many entries it keeps */
    public Recent(int size) {
        this.size = size;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > size;
    }
}
