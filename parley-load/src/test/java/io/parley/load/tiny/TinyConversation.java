package io.parley.load.tiny;

import io.parley.protocol.proto.DirectCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Members and messages. Not thread-safe.
final class TinyConversation {
    record Stored(String id, long timestamp, String from, String text) {}

    private final boolean room;
    private final Map<String, Long> members = new HashMap<>(); // with the time of joining
    private final Map<String, Long> readMarks = new HashMap<>();
    private final Map<String, Stored> tokens = new HashMap<>();
    private final List<Stored> messages = new ArrayList<>();
    private long clock = 1_700_000_000_000L;

    TinyConversation(boolean room) {
        this.room = room;
    }

    boolean isRoom() {
        return room;
    }

    void add(String client) {
        members.putIfAbsent(client, clock);
    }

    void remove(String client) {
        members.remove(client);
    }

    boolean isMember(String client) {
        return members.containsKey(client);
    }

    @Nullable
    Stored sentBefore(String client, String token) {
        return tokens.get(client + token);
    }

    Stored append(String client, DirectCommand message) {
        clock++;
        Stored stored = new Stored("message" + clock, clock, client, message.getMsg());
        messages.add(stored);
        tokens.put(client + message.getDt(), stored);
        return stored;
    }

    int size() {
        return messages.size();
    }

    void forgetNewest() {
        if (!messages.isEmpty()) {
            messages.removeLast();
        }
    }

    void read(String client, long upTo) {
        readMarks.merge(client, upTo, Math::max);
    }

    int unread(String client) {
        long joined = members.getOrDefault(client, Long.MAX_VALUE);
        long mark = Math.max(joined, readMarks.getOrDefault(client, 0L));
        return (int) messages.stream()
                .filter(message -> message.timestamp() > mark && !message.from().equals(client))
                .count();
    }

    /// @param start not included; 0 means from this direction's end
    List<Stored> page(boolean forwards, long start, int limit) {
        List<Stored> matching = messages.stream()
                .filter(message -> start == 0 || (forwards ? message.timestamp() > start : message.timestamp() < start))
                .toList();
        int size = Math.min(limit, matching.size());
        return forwards ? matching.subList(0, size) : matching.subList(matching.size() - size, matching.size());
    }
}
