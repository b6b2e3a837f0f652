package io.parley.core.command;

/// The id of a message: opaque text, unique in the app. Made by the message log; imported ones are kept as they are.
public record MessageId(String value) {
    private static final int MAX_LENGTH = 128;

    public MessageId {
        if (value.isEmpty() || value.length() > MAX_LENGTH)
            throw Refusal.of(
                    ErrorCode.MESSAGE_NOT_FOUND,
                    "a message id has 1 to %d characters; got %d",
                    MAX_LENGTH,
                    value.length());
    }

    @Override
    public String toString() {
        return value;
    }
}
