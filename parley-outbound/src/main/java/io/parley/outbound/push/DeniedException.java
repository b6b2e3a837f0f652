package io.parley.outbound.push;

/// A vendor does not take our credentials, or we cannot read them. The message says why, for the operator; it holds no
/// secret.
final class DeniedException extends Exception {
    private static final long serialVersionUID = 1;

    DeniedException(String reason) {
        super(reason);
    }

    DeniedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
