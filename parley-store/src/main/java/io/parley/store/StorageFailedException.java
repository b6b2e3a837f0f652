package io.parley.store;

import org.jspecify.annotations.Nullable;

/// The store could not do what it was asked for: full disk, broken file, or a bug. Nothing of the failed step is
/// stored. The message says what was being done and, when somebody can mend it, how.
public final class StorageFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
