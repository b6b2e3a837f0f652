package io.parley.outbound;

/// A call was not made, or not answered. The message says why, for the operator; it holds no content.
final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1;

    CallFailedException(String reason) {
        super(reason);
    }

    CallFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
