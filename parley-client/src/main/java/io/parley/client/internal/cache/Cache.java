package io.parley.client.internal.cache;

import io.parley.client.internal.ConversationData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store of what clients have seen. Each client id has its own part. Used by one thread at a time; methods may block.
 * Losing everything is allowed: it is a cache.
 */
public interface Cache {
    void putConversation(String client, ConversationData conversation);

    /** Null when it is not there. */
    @Nullable
    ConversationData conversation(String client, String id);

    /** The result of a query, in its order. */
    void putQuery(String client, String query, List<String> conversations, long now);

    /** Null when it is not there. */
    @Nullable
    CachedQuery query(String client, String query);

    /** All results of queries become invalid. */
    void forgetQueries(String client);

    /** Adds or replaces messages. */
    void putMessages(String client, List<CachedMessage> messages);

    /** Null when it is not there. */
    @Nullable
    CachedMessage message(String client, String conversation, String id);

    /**
     * Messages before a place in the conversation, newest first.
     *
     * @param timestamp of the place, exclusive together with the id
     * @param id of the place; empty for all messages before that time
     */
    List<CachedMessage> before(String client, String conversation, long timestamp, String id, int limit);

    void removeMessages(String client, String conversation, List<String> ids);

    /** Everything of that client. */
    void forget(String client);

    void close();

    /** What a query found. Immutable. */
    final class CachedQuery {
        public final List<String> conversations;
        public final long at;

        CachedQuery(List<String> conversations, long at) {
            this.conversations = List.copyOf(conversations);
            this.at = at;
        }
    }
}
