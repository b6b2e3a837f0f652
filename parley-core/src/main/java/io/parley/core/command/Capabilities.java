package io.parley.core.command;

/// What a session's SDK understands, announced as `configBitmap` at open. Unknown bits are ignored. Source: protocol
/// 4.2.6.
public record Capabilities(long bits) {
    public static final Capabilities NONE = new Capabilities(0);

    private static final long PATCHES = 1;
    private static final long TRANSIENT_ACKS = 1 << 3;
    private static final long RELIABLE_NOTICES = 1 << 4;
    private static final long PARTIAL_FAILURES = 1 << 5;
    private static final long GROUP_RECEIPTS = 1 << 6;

    /// Edits and recalls are pushed, live and after a reconnect.
    public boolean patches() {
        return (bits & PATCHES) != 0;
    }

    public boolean transientAcks() {
        return (bits & TRANSIENT_ACKS) != 0;
    }

    /// Notices are kept so that the client can fetch over REST what it missed.
    public boolean reliableNotices() {
        return (bits & RELIABLE_NOTICES) != 0;
    }

    public boolean partialFailures() {
        return (bits & PARTIAL_FAILURES) != 0;
    }

    /// Receipts are wanted in conversations of more than two members, too.
    public boolean groupReceipts() {
        return (bits & GROUP_RECEIPTS) != 0;
    }
}
