package io.parley.load.history;

import io.parley.load.history.Recording.Connected;
import io.parley.load.history.Recording.Received;
import io.parley.load.history.Violation.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rules for what is pushed over one connection: stored, in order, once, without gaps, and only to members.
final class DeliveryRules {
    private record Stream(String device, int connection, String conversation) {
        @Override
        public String toString() {
            return device + " on connection " + connection + " in " + conversation;
        }
    }

    private DeliveryRules() {}

    static void check(Evidence evidence) {
        Map<Stream, List<Received>> streams = new HashMap<>();
        evidence.recording.receptions().stream()
                .sorted(Comparator.comparingLong(Received::at))
                .forEach(received -> {
                    isStored(evidence, received);
                    if (received.pushed()) {
                        goesToMember(evidence, received);
                        streams.computeIfAbsent(
                                        new Stream(received.device(), received.connection(), received.conversation()),
                                        stream -> new ArrayList<>())
                                .add(received);
                    }
                });
        streams.forEach((stream, pushes) -> {
            isInOrder(evidence, stream, pushes);
            hasNoGaps(evidence, stream, pushes);
        });
        evidence.recording.connections().stream()
                .filter(connection -> connection.closedAt() == Recording.NEVER)
                .forEach(connection -> evidence.recording
                        .histories()
                        .keySet()
                        .forEach(conversation -> reachesTheEnd(evidence, connection, conversation, streams)));
    }

    private static void isStored(Evidence evidence, Received received) {
        Optional<Message> stored = evidence.place(
                        received.conversation(), received.message().id())
                .map(evidence.history(received.conversation())::get);
        if (!stored.equals(Optional.of(received.message()))) {
            evidence.violated(
                    Promise.DELIVERIES_ARE_STORED,
                    received.device() + " got " + received.message() + " in " + received.conversation()
                            + ", but the history has " + stored);
        }
    }

    private static void goesToMember(Evidence evidence, Received received) {
        String client = evidence.clientOf(received.device());
        long from = evidence.startOf(received.message());
        if (evidence.membership(received.conversation(), client).excludes(from, received.at())) {
            evidence.violated(
                    Promise.STRANGERS_GET_NOTHING,
                    received.device() + " is not in " + received.conversation() + ", but got " + received.message());
        }
    }

    private static void isInOrder(Evidence evidence, Stream stream, List<Received> pushes) {
        Set<String> seen = new HashSet<>();
        int newest = -1;
        for (Received push : pushes) {
            if (!seen.add(push.message().id())) {
                evidence.violated(Promise.DELIVERIES_ARE_SINGLE, stream + " got twice: " + push.message());
                continue;
            }
            int place = place(evidence, push);
            if (place >= 0 && place < newest) {
                evidence.violated(Promise.DELIVERY_ORDER_IS_HISTORY_ORDER, stream + " got too late: " + push.message());
            }
            newest = Math.max(newest, place);
        }
    }

    /// Between the first and the last push nothing is left out, except what the device sent itself.
    private static void hasNoGaps(Evidence evidence, Stream stream, List<Received> pushes) {
        int first =
                pushes.stream().mapToInt(push -> place(evidence, push)).min().orElse(0);
        int last = pushes.stream().mapToInt(push -> place(evidence, push)).max().orElse(-1);
        if (first < 0 || last < 0) {
            return; // something is not stored, which is a violation of its own
        }
        long end = pushes.getLast().at();
        Membership membership = evidence.membership(stream.conversation(), evidence.clientOf(stream.device()));
        Set<String> got = ids(pushes);
        for (Message message : evidence.history(stream.conversation()).subList(first, last)) {
            if (!got.contains(message.id())
                    && !evidence.isFrom(message, stream.device())
                    && membership.covers(evidence.startOf(message), end)) {
                evidence.violated(Promise.DELIVERIES_HAVE_NO_GAPS, stream + " did not get " + message);
            }
        }
    }

    /// Everything sent while a connection was open reached it, if it stayed to the end.
    private static void reachesTheEnd(
            Evidence evidence, Connected connection, String conversation, Map<Stream, List<Received>> streams) {
        Stream stream = new Stream(connection.device(), connection.connection(), conversation);
        Set<String> got = ids(streams.getOrDefault(stream, List.of()));
        Membership membership = evidence.membership(conversation, evidence.clientOf(connection.device()));
        for (Message message : evidence.history(conversation)) {
            long start = evidence.startOf(message);
            if (start > connection.openedAt()
                    && !got.contains(message.id())
                    && !evidence.isFrom(message, connection.device())
                    && membership.covers(start, Recording.NEVER)) {
                evidence.violated(Promise.DELIVERIES_HAVE_NO_GAPS, stream + " was never sent " + message);
            }
        }
    }

    private static int place(Evidence evidence, Received push) {
        return evidence.place(push.conversation(), push.message().id()).orElse(-1);
    }

    private static Set<String> ids(List<Received> pushes) {
        Set<String> ids = new HashSet<>();
        pushes.forEach(push -> ids.add(push.message().id()));
        return ids;
    }
}
