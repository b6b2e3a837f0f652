package io.parley.load.history;

import io.parley.load.history.Recording.Received;
import io.parley.load.history.Violation.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Rules for what each device has in the end, after it sorted out by message id what it got more than once:
/// everything, each message under one id.
final class CompletenessRules {
    private record Shelf(String device, String conversation) {}

    private CompletenessRules() {}

    static void check(Evidence evidence) {
        Map<Shelf, Map<String, String>> shelves = new HashMap<>(); // message id by text
        for (Received received : evidence.recording.receptions()) {
            String id = received.message().id();
            String before = shelves.computeIfAbsent(
                            new Shelf(received.device(), received.conversation()), shelf -> new HashMap<>())
                    .putIfAbsent(received.message().text(), id);
            if (before != null && !before.equals(id)) {
                evidence.violated(
                        Promise.MESSAGES_ARE_SINGLE,
                        received.device() + " has " + received.message() + " also as " + before);
            }
        }
        evidence.recording
                .devices()
                .forEach((device, client) -> evidence.recording
                        .histories()
                        .keySet()
                        .forEach(conversation -> {
                            Map<String, String> shelf = shelves.getOrDefault(new Shelf(device, conversation), Map.of());
                            missesNothing(evidence, device, client, conversation, new HashSet<>(shelf.values()));
                        }));
    }

    private static void missesNothing(
            Evidence evidence, String device, String client, String conversation, Set<String> got) {
        Membership membership = evidence.membership(conversation, client);
        if (!membership.covers(Recording.NEVER - 1, Recording.NEVER)) {
            return; // not a member in the end: cannot ask for what is missing
        }
        for (Message message : evidence.history(conversation)) {
            if (evidence.startOf(message) > membership.firstJoinConfirmedAt()
                    && !evidence.isFrom(message, device)
                    && !got.contains(message.id())) {
                evidence.violated(
                        Promise.DEVICES_MISS_NOTHING, device + " has never seen " + message + " of " + conversation);
            }
        }
    }
}
