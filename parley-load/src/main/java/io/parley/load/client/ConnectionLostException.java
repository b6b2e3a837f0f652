package io.parley.load.client;

/// The connection is gone, or never was; what was asked may or may not have happened.
public final class ConnectionLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConnectionLostException(String what) {
        super(what, null, false, false);
    }
}
