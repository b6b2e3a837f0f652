package io.parley.load.client;

/// The server said no, in the protocol's way.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    public RefusedException(int code, String reason) {
        super(code + " " + reason, null, false, false);
        this.code = code;
    }

    /// Source: protocol 9.
    public int code() {
        return code;
    }
}
