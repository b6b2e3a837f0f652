package io.parley.core.command;

/// One chat identity of an app. Any text of 1 to 64 Unicode code points; case matters; its content is the
/// application's business. Source: semantics 2.1.
public record ClientId(String value) implements Comparable<ClientId> {
    public static final int MAX_LENGTH = 64;

    public ClientId {
        // Counting code points is only needed when the cheap upper bound fails.
        if (value.isEmpty() || (value.length() > MAX_LENGTH && value.codePointCount(0, value.length()) > MAX_LENGTH))
            throw Refusal.of(
                    ErrorCode.INVALID_LOGIN,
                    "a client id has 1 to %d characters; got %d",
                    MAX_LENGTH,
                    value.codePointCount(0, value.length()));
    }

    /// Ascending by UTF-16 code unit, the order in which members are signed and digested. Source: protocol 7.
    @Override
    public int compareTo(ClientId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
