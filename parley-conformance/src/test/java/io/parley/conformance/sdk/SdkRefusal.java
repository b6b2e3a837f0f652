package io.parley.conformance.sdk;

/// An operation that the SDK reported as failed.
public final class SdkRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final int appCode;

    SdkRefusal(String what, int code, int appCode, String message) {
        super(what + ": " + code + " " + message);
        this.code = code;
        this.appCode = appCode;
    }

    /// As the SDK gives it to its application; 0 if it gives none.
    public int code() {
        return code;
    }

    /// What the application's own code gave as its reason; 0 if the SDK gives none.
    public int appCode() {
        return appCode;
    }
}
