package io.parley.protocol;

/// The frame cannot be parsed at all. The connection is closed with 4114.
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedFrameException(String message) {
        super(message, null, false, false);
    }
}
