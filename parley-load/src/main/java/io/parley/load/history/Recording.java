package io.parley.load.history;

import java.util.List;
import java.util.Map;

/// What was done to a server and seen of it, in full. Moments (`…At`) are ticks of one counter: of two events,
/// the one with the smaller tick ended before the other began, or they overlapped.
///
/// @param devices who owns each device: client by device
/// @param histories every conversation at the end, read from the oldest message on
/// @param backwardHistories the same, read from the newest message back, put into ascending order
/// @param unread what each client was told at the end: counts by client and conversation; absent means nothing
/// unread
/// @param unreadCap counts stop here
public record Recording(
        Map<String, String> devices,
        List<Sent> sends,
        List<Acked> acks,
        List<Refused> refusals,
        List<Received> receptions,
        List<Connected> connections,
        List<MemberChange> memberChanges,
        List<Read> reads,
        Map<String, List<Message>> histories,
        Map<String, List<Message>> backwardHistories,
        Map<String, Map<String, Integer>> unread,
        int unreadCap) {
    /// Later than everything: the event did not happen, or its confirmation never came.
    public static final long NEVER = Long.MAX_VALUE;

    /// A device began to send. Sent again after a lost connection, it is still the same.
    public record Sent(String text, String conversation, String client, String device, long startedAt) {}

    /// The server accepted a message. Twice, when the first answer got lost.
    public record Acked(String text, String messageId, long timestamp, long at) {}

    /// The server did not take a message.
    public record Refused(String text, int code, long at) {}

    /// A device received a message.
    ///
    /// @param connection number of the device's connection
    /// @param pushed by the server; otherwise the device asked for history
    public record Received(
            String device, int connection, boolean pushed, String conversation, Message message, long at) {}

    /// A device was logged in, and had an answer to its first request after that.
    ///
    /// @param closedAt [#NEVER] when it stayed to the end
    public record Connected(String device, int connection, long openedAt, long closedAt) {}

    /// A client was made a member, or stopped being one.
    ///
    /// @param confirmedAt [#NEVER] when nobody knows whether it took effect
    public record MemberChange(String conversation, String client, boolean added, long requestedAt, long confirmedAt) {}

    /// A client read a conversation up to a message's time.
    public record Read(String client, String conversation, long timestamp, long requestedAt, long confirmedAt) {}
}
