package io.parley.load.history;

import io.parley.load.history.Recording.Acked;
import io.parley.load.history.Recording.Connected;
import io.parley.load.history.Recording.MemberChange;
import io.parley.load.history.Recording.Read;
import io.parley.load.history.Recording.Received;
import io.parley.load.history.Recording.Refused;
import io.parley.load.history.Recording.Sent;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Notes what happens, as it happens. Thread-safe.
public final class Recorder {
    private final AtomicLong clock = new AtomicLong();
    private final Map<String, String> devices = new ConcurrentHashMap<>();
    private final Queue<Sent> sends = new ConcurrentLinkedQueue<>();
    private final Queue<Acked> acks = new ConcurrentLinkedQueue<>();
    private final Queue<Refused> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Received> receptions = new ConcurrentLinkedQueue<>();
    private final Map<ConnectionId, Connected> connections = new ConcurrentHashMap<>();
    private final Queue<MemberChange> memberChanges = new ConcurrentLinkedQueue<>();
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Message>> histories = new ConcurrentHashMap<>();
    private final Map<String, List<Message>> backwardHistories = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> unread = new ConcurrentHashMap<>();

    private record ConnectionId(String device, int number) {}

    /// The next moment.
    public long tick() {
        return clock.incrementAndGet();
    }

    public void device(String device, String client) {
        devices.put(device, client);
    }

    public void sending(String text, String conversation, String client, String device) {
        sends.add(new Sent(text, conversation, client, device, tick()));
    }

    public void acked(String text, String messageId, long timestamp) {
        acks.add(new Acked(text, messageId, timestamp, tick()));
    }

    public void received(String device, int connection, boolean pushed, String conversation, Message message) {
        receptions.add(new Received(device, connection, pushed, conversation, message, tick()));
    }

    public void connected(String device, int connection) {
        connections.put(
                new ConnectionId(device, connection), new Connected(device, connection, tick(), Recording.NEVER));
    }

    public void disconnected(String device, int connection) {
        connections.computeIfPresent(
                new ConnectionId(device, connection),
                (id, open) -> new Connected(device, connection, open.openedAt(), tick()));
    }

    /// @param requestedAt the tick taken before asking
    public void memberChanged(String conversation, String client, boolean added, long requestedAt) {
        memberChanges.add(new MemberChange(conversation, client, added, requestedAt, tick()));
    }

    /// It is not known whether it took effect.
    public void memberMayHaveChanged(String conversation, String client, boolean added, long requestedAt) {
        memberChanges.add(new MemberChange(conversation, client, added, requestedAt, Recording.NEVER));
    }

    public void read(String client, String conversation, long timestamp, long requestedAt) {
        reads.add(new Read(client, conversation, timestamp, requestedAt, tick()));
    }

    public void mayHaveRead(String client, String conversation, long timestamp, long requestedAt) {
        reads.add(new Read(client, conversation, timestamp, requestedAt, Recording.NEVER));
    }

    public void history(String conversation, List<Message> forwards, List<Message> backwards) {
        histories.put(conversation, List.copyOf(forwards));
        backwardHistories.put(conversation, List.copyOf(backwards));
    }

    public void unread(String client, Map<String, Integer> counts) {
        unread.put(client, Map.copyOf(counts));
    }

    /// The server did not take a message from somebody who may not send here.
    public void refused(String text, int code) {
        refusals.add(new Refused(text, code, tick()));
    }

    public int acks() {
        return acks.size();
    }

    /// Whether this device got this text pushed; slow.
    boolean wasPushed(String device, String text) {
        return receptions.stream()
                .anyMatch(received -> received.pushed()
                        && received.device().equals(device)
                        && received.message().text().equals(text));
    }

    public Recording recording(int unreadCap) {
        return new Recording(
                Map.copyOf(devices),
                List.copyOf(sends),
                List.copyOf(acks),
                List.copyOf(refusals),
                List.copyOf(receptions),
                List.copyOf(connections.values()),
                List.copyOf(memberChanges),
                List.copyOf(reads),
                Map.copyOf(histories),
                Map.copyOf(backwardHistories),
                Map.copyOf(unread),
                unreadCap);
    }
}
