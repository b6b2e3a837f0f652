package io.parley.migrate.archive;

import java.io.IOException;

/// A part's bytes make no sense, or are not there.
final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(IOException cause) {
        super(cause);
    }

    Unreadable(String reason) {
        super(reason);
    }

    String reason() {
        Throwable cause = getCause();
        return cause == null
                ? String.valueOf(getMessage())
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
