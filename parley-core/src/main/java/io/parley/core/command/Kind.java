package io.parley.core.command;

/// What a conversation is. The number is `convType` on the wire and `conv_type` in query results. Source: semantics
/// 1.
public enum Kind {
    NORMAL(1),
    CHAT_ROOM(2),
    SERVICE(3),
    TEMPORARY(4);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
