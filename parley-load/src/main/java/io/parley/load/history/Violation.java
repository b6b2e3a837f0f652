package io.parley.load.history;

/// A broken promise.
///
/// @param what the case, with the names needed to find it
public record Violation(Promise promise, String what) {
    /// What a server promises to its clients.
    public enum Promise {
        /// An accepted message is in the history, exactly once, as it was sent and under the id that was
        /// answered.
        ACKED_MESSAGES_ARE_KEPT,
        /// A message sent again is still one message.
        MESSAGES_ARE_SINGLE,
        /// The history holds nothing that nobody sent to this conversation.
        HISTORY_IS_TRUE,
        /// Times rise through the history, and both directions of reading show the same.
        HISTORY_IS_ORDERED,
        /// Messages of one device stay in the order in which it sent them.
        SENDERS_KEEP_THEIR_ORDER,
        /// What is delivered is in the history, and is the same there.
        DELIVERIES_ARE_STORED,
        /// Each connection gets a conversation's messages in the order of the history.
        DELIVERY_ORDER_IS_HISTORY_ORDER,
        /// No connection gets a message twice.
        DELIVERIES_ARE_SINGLE,
        /// A connection that gets a conversation's messages gets all of them.
        DELIVERIES_HAVE_NO_GAPS,
        /// Every device has every message in the end, whatever happened to its connections.
        DEVICES_MISS_NOTHING,
        /// The messages of members are accepted.
        MEMBERS_MAY_SPEAK,
        /// Who is not a member gets nothing pushed.
        STRANGERS_GET_NOTHING,
        /// What is unread is what lies after the read mark.
        UNREAD_IS_WHAT_LIES_AFTER_THE_READ_MARK
    }

    @Override
    public String toString() {
        return promise + ": " + what;
    }
}
