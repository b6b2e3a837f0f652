package io.parley.load.history;

import io.parley.load.history.Recording.Acked;
import io.parley.load.history.Recording.Refused;
import io.parley.load.history.Recording.Sent;
import io.parley.load.history.Violation.Promise;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rules for the histories alone: complete, single, true, in order.
final class HistoryRules {
    private HistoryRules() {}

    static void check(Evidence evidence) {
        evidence.recording.histories().forEach((conversation, history) -> {
            timesRise(evidence, conversation, history);
            messagesAreSingle(evidence, conversation, history);
            everythingWasSent(evidence, conversation, history);
            sendersKeepTheirOrder(evidence, conversation, history);
            List<Message> backwards = evidence.recording.backwardHistories().getOrDefault(conversation, List.of());
            if (!backwards.equals(history)) {
                evidence.violated(
                        Promise.HISTORY_IS_ORDERED,
                        conversation + " reads differently backwards: " + difference(history, backwards));
            }
        });
        evidence.recording.sends().forEach(sent -> ackedIsKept(evidence, sent));
        evidence.recording.refusals().forEach(refused -> wasNoMember(evidence, refused));
    }

    private static void timesRise(Evidence evidence, String conversation, List<Message> history) {
        for (int place = 1; place < history.size(); place++) {
            if (history.get(place).timestamp() <= history.get(place - 1).timestamp()) {
                evidence.violated(
                        Promise.HISTORY_IS_ORDERED,
                        conversation + ": " + history.get(place) + " comes after " + history.get(place - 1));
            }
        }
    }

    private static void messagesAreSingle(Evidence evidence, String conversation, List<Message> history) {
        Set<String> ids = new HashSet<>();
        Map<String, Message> texts = new HashMap<>();
        for (Message message : history) {
            Message same = texts.putIfAbsent(message.text(), message);
            if (!ids.add(message.id()) || same != null) {
                evidence.violated(Promise.MESSAGES_ARE_SINGLE, conversation + " has " + message + " and " + same);
            }
        }
    }

    private static void everythingWasSent(Evidence evidence, String conversation, List<Message> history) {
        for (Message message : history) {
            Optional<Sent> sent = evidence.sent(message.text());
            boolean known = sent.isPresent()
                    && sent.get().conversation().equals(conversation)
                    && sent.get().client().equals(message.from());
            if (!known) {
                evidence.violated(
                        Promise.HISTORY_IS_TRUE, conversation + " has " + message + ", but what was sent is " + sent);
            }
        }
    }

    private static void sendersKeepTheirOrder(Evidence evidence, String conversation, List<Message> history) {
        Map<String, Sent> newest = new HashMap<>();
        for (Message message : history) {
            evidence.sent(message.text()).ifPresent(sent -> {
                Sent before = newest.put(sent.device(), sent);
                if (before != null
                        && before.startedAt() > sent.startedAt()
                        && couldAlwaysSpeak(evidence, sent, before)) {
                    evidence.violated(
                            Promise.SENDERS_KEEP_THEIR_ORDER,
                            conversation + ": " + before.text() + " was sent after " + sent.text());
                }
            });
        }
    }

    /// A guest's first attempt may have been refused and its answer lost; when the guest is let in again, later
    /// messages may overtake the second attempt.
    private static boolean couldAlwaysSpeak(Evidence evidence, Sent first, Sent second) {
        long end = Stream.of(first, second)
                .flatMap(sent -> evidence.acks(sent.text()).stream())
                .mapToLong(Acked::at)
                .max()
                .orElse(Recording.NEVER);
        return evidence.membership(first.conversation(), first.client()).covers(first.startedAt(), end);
    }

    private static void ackedIsKept(Evidence evidence, Sent sent) {
        List<Acked> acks = evidence.acks(sent.text());
        if (acks.stream().map(Acked::messageId).distinct().count() > 1) {
            evidence.violated(Promise.MESSAGES_ARE_SINGLE, sent.text() + " was accepted several times: " + acks);
        }
        acks.stream().min(Comparator.comparingLong(Acked::at)).ifPresent(ack -> {
            Message expected = new Message(ack.messageId(), ack.timestamp(), sent.client(), sent.text());
            Optional<Message> kept = evidence.place(sent.conversation(), ack.messageId())
                    .map(evidence.history(sent.conversation())::get);
            if (!kept.equals(Optional.of(expected))) {
                evidence.violated(
                        Promise.ACKED_MESSAGES_ARE_KEPT,
                        sent.conversation() + " should have " + expected + ", but has " + kept);
            }
        });
    }

    private static void wasNoMember(Evidence evidence, Refused refused) {
        evidence.sent(refused.text())
                .filter(sent ->
                        evidence.membership(sent.conversation(), sent.client()).covers(sent.startedAt(), refused.at()))
                .ifPresent(sent -> evidence.violated(
                        Promise.MEMBERS_MAY_SPEAK, sent.text() + " was refused with " + refused.code()));
    }

    private static String difference(List<Message> forwards, List<Message> backwards) {
        int place = 0;
        while (place < Math.min(forwards.size(), backwards.size())
                && forwards.get(place).equals(backwards.get(place))) {
            place++;
        }
        return "from place " + place + " on, sizes " + forwards.size() + " and " + backwards.size();
    }
}
