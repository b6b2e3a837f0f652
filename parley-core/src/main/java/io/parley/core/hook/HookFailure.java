package io.parley.core.hook;

import java.time.Duration;

/// A hook could not be asked or told, or gave no answer that makes sense. The message says why, for the operator.
public final class HookFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public HookFailure(String reason) {
        this(reason, Duration.ZERO);
    }

    /// @param retryAfter how long the application wants to be left alone
    public HookFailure(String reason, Duration retryAfter) {
        super(reason, null, false, false);
        this.retryAfter = retryAfter;
    }

    /// Zero when nobody said.
    public Duration retryAfter() {
        return retryAfter;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
