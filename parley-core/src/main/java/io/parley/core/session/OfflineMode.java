package io.parley.core.session;

/// What a session gets of the messages that came while its client was away. Decided by the sub-protocol.
/// Source: semantics 7.1.
public enum OfflineMode {
    /// Counts of unread messages; the bodies are fetched from history.
    UNREAD_COUNTS,
    /// The latest messages of each conversation themselves.
    PUSHED_MESSAGES
}
