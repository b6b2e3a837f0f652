package io.parley.client;

/** What queries have in common. */
public final class AVQuery {
    /** Where a query looks for its answer. */
    public enum CachePolicy {
        /** In the cache; when it has no answer that is new enough, at the server. What queries do by themselves. */
        CACHE_ELSE_NETWORK,
        /** In the cache only; without an answer there, it fails with {@link AVIMException#CACHE_MISS}. */
        CACHE_ONLY,
        /** In the cache, and then at the server: the callback is called twice when the cache has an answer. */
        CACHE_THEN_NETWORK,
        /** At the server, and the answer is not kept. */
        IGNORE_CACHE,
        /** At the server; when it cannot be reached, in the cache, however old the answer is. */
        NETWORK_ELSE_CACHE,
        /** At the server, and the answer is kept for later queries. */
        NETWORK_ONLY
    }

    private AVQuery() {}
}
