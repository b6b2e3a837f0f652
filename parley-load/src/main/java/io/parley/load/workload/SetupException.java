package io.parley.load.workload;

/// The load cannot be put on: what is missing or refused, in words for the one who started it.
final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SetupException(String what) {
        super(what);
    }
}
