/**
 * What the client remembers: conversations, results of queries, messages. {@link io.parley.client.internal.cache.Cache}
 * is the port to the store, {@link io.parley.client.internal.cache.HistoryCache} knows which pages of the history are
 * complete. All of it is used on one thread of its own, which may block.
 */
@org.jspecify.annotations.NullMarked
package io.parley.client.internal.cache;
