package io.parley.load.history;

import io.parley.load.history.Recording.Acked;
import io.parley.load.history.Recording.Read;
import io.parley.load.history.Violation.Promise;
import java.util.Map;
import java.util.function.Predicate;

/// Rules for what clients are told to be unread in the end.
final class UnreadRules {
    private UnreadRules() {}

    static void check(Evidence evidence) {
        evidence.recording
                .unread()
                .forEach((client, told) -> evidence.recording
                        .histories()
                        .keySet()
                        .forEach(conversation -> isAfterTheMark(evidence, client, conversation, told)));
    }

    private static void isAfterTheMark(
            Evidence evidence, String client, String conversation, Map<String, Integer> told) {
        Membership membership = evidence.membership(conversation, client);
        if (!membership.covers(Recording.NEVER - 1, Recording.NEVER)) {
            return;
        }
        long confirmed = mark(evidence, client, conversation, read -> read.confirmedAt() != Recording.NEVER);
        long possible = mark(evidence, client, conversation, read -> true);
        // A member who came later counts from the moment of coming, which lies between request and confirmation.
        int least = count(
                evidence,
                client,
                conversation,
                message ->
                        message.timestamp() > possible && evidence.startOf(message) > membership.lastJoinConfirmedAt());
        int most = count(
                evidence,
                client,
                conversation,
                message -> message.timestamp() > confirmed
                        && settledAt(evidence, message) > membership.lastJoinRequestedAt());
        int cap = evidence.recording.unreadCap();
        int count = told.getOrDefault(conversation, 0);
        if (count < Math.min(cap, least) || count > Math.min(cap, most)) {
            evidence.violated(
                    Promise.UNREAD_IS_WHAT_LIES_AFTER_THE_READ_MARK,
                    client + " was told " + count + " unread in " + conversation + ", but it is " + least
                            + (least == most ? "" : " to " + most));
        }
    }

    private static long mark(Evidence evidence, String client, String conversation, Predicate<Read> counts) {
        return evidence.recording.reads().stream()
                .filter(read ->
                        read.client().equals(client) && read.conversation().equals(conversation))
                .filter(counts)
                .mapToLong(Read::timestamp)
                .max()
                .orElse(0);
    }

    private static int count(Evidence evidence, String client, String conversation, Predicate<Message> unread) {
        return (int) evidence.history(conversation).stream()
                .filter(message -> !message.from().equals(client))
                .filter(unread)
                .count();
    }

    /// The latest moment at which the message may have been stored.
    private static long settledAt(Evidence evidence, Message message) {
        return evidence.acks(message.text()).stream().mapToLong(Acked::at).min().orElse(Recording.NEVER);
    }
}
