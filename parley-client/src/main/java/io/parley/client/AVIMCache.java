package io.parley.client;

import io.parley.client.internal.cache.Cache;
import io.parley.client.internal.cache.JdbcDatabase;
import io.parley.client.internal.cache.MemoryCache;
import io.parley.client.internal.cache.SqlCache;
import java.io.File;
import java.util.function.Supplier;

/** Where the SDK keeps conversations, results of queries and messages. One object per {@link AVIMRealtime}. */
public final class AVIMCache {
    private final Supplier<Cache> opener;

    private AVIMCache(Supplier<Cache> opener) {
        this.opener = opener;
    }

    /**
     * In memory, until the program ends.
     *
     * @return a new cache
     */
    public static AVIMCache memory() {
        return new AVIMCache(MemoryCache::new);
    }

    /**
     * In a file, by {@code org.xerial:sqlite-jdbc}, which the application adds to its dependencies. Not for Android.
     *
     * @param file is created when it is not there; one program at a time may use it
     * @return a cache
     */
    public static AVIMCache sqlite(File file) {
        return new AVIMCache(() -> new SqlCache(new JdbcDatabase(file.getPath())));
    }

    /**
     * In a database of the platform: the way for Android.
     *
     * @param database opens it, on a background thread, when it is first needed
     * @return a cache
     */
    public static AVIMCache sqlite(Supplier<? extends SqlDatabase> database) {
        return new AVIMCache(() -> new SqlCache(database.get()));
    }

    Cache open() {
        return opener.get();
    }
}
