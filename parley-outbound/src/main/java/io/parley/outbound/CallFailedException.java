package io.parley.outbound;

import java.time.Duration;

/// A call was not made, or not answered. The message says why, for the operator; it holds no content.
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public CallFailedException(String reason) {
        this(reason, Duration.ZERO);
    }

    /// @param retryAfter how long the other side wants to be left alone
    public CallFailedException(String reason, Duration retryAfter) {
        super(reason);
        this.retryAfter = retryAfter;
    }

    public CallFailedException(String reason, Throwable cause) {
        super(reason, cause);
        retryAfter = Duration.ZERO;
    }

    /// Zero when nobody said.
    public Duration retryAfter() {
        return retryAfter;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
