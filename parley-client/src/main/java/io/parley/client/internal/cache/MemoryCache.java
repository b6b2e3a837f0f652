package io.parley.client.internal.cache;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.StoredMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps everything in memory, as long as the program runs; the history of conversations used long ago goes first. */
public final class MemoryCache implements Cache {
    private static final int MESSAGES = 2000;
    private static final int CONVERSATIONS = 500;
    private static final int QUERIES = 100;

    private final Map<String, Part> parts = new HashMap<>();

    /** The part of one client. The maps are in the order of use. */
    private static final class Part {
        final Map<String, ConversationData> conversations = new LinkedHashMap<>(16, 0.75f, true);
        final Map<String, CachedQuery> queries = new LinkedHashMap<>(16, 0.75f, true);
        final Map<String, Log> logs = new LinkedHashMap<>(16, 0.75f, true);
        int messages;
    }

    private static final class Log {
        final TreeSet<CachedMessage> ordered = new TreeSet<>(
                Comparator.comparing(CachedMessage::message, Comparator.comparingLong(StoredMessage::timestamp))
                        .thenComparing(row -> row.message().id()));
        final Map<String, CachedMessage> byId = new HashMap<>();
    }

    private Part part(String client) {
        return parts.computeIfAbsent(client, id -> new Part());
    }

    @Override
    public void putConversation(String client, ConversationData conversation) {
        trimmed(part(client).conversations, CONVERSATIONS).put(conversation.id(), conversation);
    }

    @Override
    public @Nullable ConversationData conversation(String client, String id) {
        return part(client).conversations.get(id);
    }

    @Override
    public void putQuery(String client, String query, List<String> conversations, long now) {
        trimmed(part(client).queries, QUERIES).put(query, new CachedQuery(conversations, now));
    }

    private static <T> Map<String, T> trimmed(Map<String, T> map, int size) {
        if (map.size() >= size) {
            Iterator<String> oldest = map.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return map;
    }

    @Override
    public @Nullable CachedQuery query(String client, String query) {
        return part(client).queries.get(query);
    }

    @Override
    public void forgetQueries(String client) {
        part(client).queries.clear();
    }

    @Override
    public void putMessages(String client, List<CachedMessage> messages) {
        Part part = part(client);
        for (CachedMessage row : messages) {
            Log log = part.logs.computeIfAbsent(row.message().conversation(), id -> new Log());
            CachedMessage old = log.byId.put(row.message().id(), row);
            if (old != null) log.ordered.remove(old);
            else part.messages++;
            log.ordered.add(row);
        }
        Iterator<Log> oldest = part.logs.values().iterator();
        while (part.messages > MESSAGES && part.logs.size() > 1) {
            part.messages -= oldest.next().byId.size();
            oldest.remove();
        }
    }

    @Override
    public @Nullable CachedMessage message(String client, String conversation, String id) {
        Log log = part(client).logs.get(conversation);
        return log == null ? null : log.byId.get(id);
    }

    @Override
    public List<CachedMessage> before(String client, String conversation, long timestamp, String id, int limit) {
        List<CachedMessage> found = new ArrayList<>();
        Log log = part(client).logs.get(conversation);
        if (log == null) return found;
        CachedMessage place = new CachedMessage(
                StoredMessage.builder(conversation, id, "", timestamp).build(), false, 0);
        for (CachedMessage row : log.ordered.headSet(place, false).descendingSet()) {
            if (found.size() == limit) break;
            found.add(row);
        }
        return found;
    }

    @Override
    public void removeMessages(String client, String conversation, List<String> ids) {
        Part part = part(client);
        Log log = part.logs.get(conversation);
        if (log == null) return;
        for (String id : ids) {
            CachedMessage old = log.byId.remove(id);
            if (old == null) continue;
            log.ordered.remove(old);
            part.messages--;
        }
    }

    @Override
    public void forget(String client) {
        parts.remove(client);
    }

    @Override
    public void close() {
        parts.clear();
    }
}
