package io.parley.load.history;

import io.parley.load.history.Recording.Acked;
import io.parley.load.history.Recording.MemberChange;
import io.parley.load.history.Recording.Sent;
import io.parley.load.history.Violation.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A recording, arranged for looking things up, and the violations found in it. Not thread-safe.
final class Evidence {
    final Recording recording;
    private final Map<String, Sent> sends = new HashMap<>();
    private final Map<String, List<Acked>> acks = new HashMap<>();
    private final Map<String, Map<String, Integer>> places = new HashMap<>(); // by conversation and message id
    private final Map<String, Map<String, Membership>> memberships = new HashMap<>(); // by conversation and client
    private final List<Violation> violations = new ArrayList<>();

    Evidence(Recording recording) {
        this.recording = recording;
        recording.sends().forEach(sent -> sends.put(sent.text(), sent));
        recording
                .acks()
                .forEach(ack -> acks.computeIfAbsent(ack.text(), text -> new ArrayList<>())
                        .add(ack));
        recording.histories().forEach((conversation, history) -> {
            Map<String, Integer> byId = places.computeIfAbsent(conversation, id -> new HashMap<>());
            for (int place = 0; place < history.size(); place++) {
                byId.putIfAbsent(history.get(place).id(), place);
            }
        });
        recording.memberChanges().stream()
                .sorted(Comparator.comparingLong(MemberChange::requestedAt))
                .forEach(change ->
                        membership(change.conversation(), change.client()).add(change));
    }

    Optional<Sent> sent(String text) {
        return Optional.ofNullable(sends.get(text));
    }

    List<Acked> acks(String text) {
        return acks.getOrDefault(text, List.of());
    }

    /// Where a message stands in its conversation's history.
    Optional<Integer> place(String conversation, String messageId) {
        return Optional.ofNullable(places.getOrDefault(conversation, Map.of()).get(messageId));
    }

    List<Message> history(String conversation) {
        return recording.histories().getOrDefault(conversation, List.of());
    }

    Membership membership(String conversation, String client) {
        return memberships
                .computeIfAbsent(conversation, id -> new HashMap<>())
                .computeIfAbsent(client, id -> new Membership());
    }

    String clientOf(String device) {
        return recording.devices().getOrDefault(device, "?");
    }

    /// When the device began to send this message; before everything when nobody did.
    long startOf(Message message) {
        return sent(message.text()).map(Sent::startedAt).orElse(0L);
    }

    boolean isFrom(Message message, String device) {
        return sent(message.text()).map(sent -> sent.device().equals(device)).orElse(false);
    }

    void violated(Promise promise, String what) {
        violations.add(new Violation(promise, what));
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
