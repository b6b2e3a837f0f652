package io.parley.core.command;

/// The id of a conversation inside its app: 24 hexadecimal digits when made here, but imported ones may look
/// otherwise.
/// A temporary conversation's id starts with `_tmp:`; the SDKs tell the kind from it. Source: protocol 4.3.1.
public record ConversationId(String value) {
    public static final String TEMPORARY_PREFIX = "_tmp:";
    private static final int MAX_LENGTH = 128;

    public ConversationId {
        if (value.isEmpty() || value.length() > MAX_LENGTH)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_NOT_FOUND,
                    "a conversation id has 1 to %d characters; got %d",
                    MAX_LENGTH,
                    value.length());
    }

    public boolean isTemporary() {
        return value.startsWith(TEMPORARY_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
