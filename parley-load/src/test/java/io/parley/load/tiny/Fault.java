package io.parley.load.tiny;

/// What a tiny server does wrong, now and then.
public enum Fault {
    /// A delivery is left out.
    SKIPS_DELIVERY,
    DOUBLES_DELIVERY,
    /// A delivery comes after the next one.
    SWAPS_DELIVERIES,
    /// A message is acked and delivered, but not stored.
    FORGETS_MESSAGE,
    /// A message that was sent again is taken for a new one.
    IGNORES_TOKENS,
    /// Guests that were removed still get messages.
    DELIVERS_TO_STRANGERS,
    /// Unread counts are one too high.
    MISCOUNTS_UNREAD,
    /// The newest message of every conversation is gone after a crash.
    LOSES_THE_END_IN_A_CRASH,
    /// There are no chat rooms.
    REFUSES_ROOMS
}
