package io.parley.store;

import io.parley.core.command.ClientId;
import java.util.List;

/// Delivery times of one conversation's messages that are known but not written yet. Immutable. Take it before the rows
/// are read: then what is missing here is found there.
///
/// @param acknowledged in the order of acknowledgement
record PendingDeliveries(List<Acknowledged> acknowledged) {
    static final PendingDeliveries NONE = new PendingDeliveries(List.of());

    /// A member received the messages with timestamps in (after, upTo].
    ///
    /// @param at milliseconds since the epoch
    record Acknowledged(ClientId member, long after, long upTo, long at) {
        boolean covers(long timestamp, ClientId sender) {
            return after < timestamp && timestamp <= upTo && !member.equals(sender);
        }
    }

    /// When the first recipient got the message; 0 when nobody did.
    long at(long timestamp, ClientId sender) {
        for (Acknowledged range : acknowledged) if (range.covers(timestamp, sender)) return range.at;
        return 0;
    }
}
