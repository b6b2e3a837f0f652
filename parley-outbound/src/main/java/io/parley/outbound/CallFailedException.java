package io.parley.outbound;

/// A call was not made, or not answered. The message says why, for the operator; it holds no content.
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1;

    public CallFailedException(String reason) {
        super(reason);
    }

    public CallFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
