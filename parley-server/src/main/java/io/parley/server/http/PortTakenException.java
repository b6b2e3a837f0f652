package io.parley.server.http;

/// The port cannot be opened. The message is for the operator.
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PortTakenException(String message, Throwable cause) {
        super(message, cause);
    }
}
