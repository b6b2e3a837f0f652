package io.parley.conformance.sdk;

/// An operation that the SDK reported as failed.
public final class SdkRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    SdkRefusal(String what, int code, String message) {
        super(what + ": " + code + " " + message);
        this.code = code;
    }

    /// As the SDK gives it to its application; 0 if it gives none.
    public int code() {
        return code;
    }
}
