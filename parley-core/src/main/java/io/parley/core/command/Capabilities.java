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

    /// Not on the wire: set by the mapping of the JSON protocol.
    private static final long LEGACY_JSON = 1L << 62;

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

    /// Speaks the JSON text protocol: may invite to and remove from chat rooms, as the clients of its time did.
    public boolean legacyJson() {
        return (bits & LEGACY_JSON) != 0;
    }

    /// What a session of the JSON text protocol can, beyond what it announces: it gets receipts in groups, too.
    public Capabilities ofLegacyJson() {
        return new Capabilities(bits | LEGACY_JSON | GROUP_RECEIPTS);
    }

    /// Receipts are wanted in conversations of more than two members, too.
    public boolean groupReceipts() {
        return (bits & GROUP_RECEIPTS) != 0;
    }
}
