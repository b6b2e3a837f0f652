package io.parley.core.command;

/// How much a chat room's message may be dropped when a reader is slow. Source: semantics 6.6.
public enum Priority {
    /// Never dropped for slowness.
    HIGH,
    NORMAL,
    LOW
}
