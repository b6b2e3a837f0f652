package io.parley.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Name and attributes that an application has set and not sent yet. Thread-safe. */
final class ConversationChanges {
    private final ConversationCalls calls;

    /** By column, or {@code attr.} and the name of an attribute. Guarded by this. */
    private final Map<String, Object> pending = new LinkedHashMap<>();

    ConversationChanges(ConversationCalls calls) {
        this.calls = calls;
    }

    synchronized void set(String key, Object value) {
        pending.put(key, value);
    }

    /** Null when there is none. */
    synchronized @Nullable Object get(String key) {
        return pending.get(key);
    }

    CompletableFuture<AVIMConversation> send() {
        Map<String, Object> changes = take();
        return calls.update(changes).whenComplete((done, error) -> {
            if (error != null) putBack(changes);
        });
    }

    private synchronized Map<String, Object> take() {
        Map<String, Object> changes = new LinkedHashMap<>(pending);
        pending.clear();
        return changes;
    }

    /** They may be sent again; what was changed since counts more. */
    private synchronized void putBack(Map<String, Object> changes) {
        changes.forEach(pending::putIfAbsent);
    }
}
