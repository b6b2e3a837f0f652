package io.parley.migrate.source;

import java.io.IOException;

/// A server said no for good.
public final class RestException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    RestException(String path, int status, int code, String error) {
        super(path + " answered " + status + " (code " + code + "): " + error);
        this.status = status;
        this.code = code;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public int status() {
        return status;
    }

    /// The `code` of the answer, 0 when it had none.
    public int code() {
        return code;
    }
}
