package io.parley.core.command;

import java.util.Optional;

/// Why the server ends a whole connection, as WebSocket close codes. To end one client of a connection, send
/// [Event.SessionClosed] instead: every SDK reconnects after a close. Source: protocol 2.4.
public enum CloseReason {
    NORMAL(1000, "bye"),
    GOING_AWAY(1001, "the server stops"),
    /// The reader is so slow that what waits for it exceeds its budget; stored messages wait for it in history.
    TOO_SLOW(1013, "the connection does not keep up"),
    APP_NOT_AVAILABLE(ErrorCode.APP_NOT_AVAILABLE),
    SIGNATURE_FAILED(ErrorCode.SIGNATURE_FAILED),
    INVALID_LOGIN(ErrorCode.INVALID_LOGIN),
    READ_TIMEOUT(ErrorCode.READ_TIMEOUT),
    LOGIN_TIMEOUT(ErrorCode.LOGIN_TIMEOUT),
    FRAME_TOO_LONG(ErrorCode.FRAME_TOO_LONG),
    INVALID_ORIGIN(ErrorCode.INVALID_ORIGIN),
    SESSION_CONFLICT(ErrorCode.SESSION_CONFLICT),
    UNPARSEABLE_RAW_MESSAGE(ErrorCode.UNPARSEABLE_RAW_MESSAGE),
    INTERNAL_ERROR(ErrorCode.INTERNAL_ERROR);

    private final int code;
    private final String text;
    private final Optional<ErrorCode> error;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
        this.error = Optional.empty();
    }

    CloseReason(ErrorCode error) {
        this.code = error.number();
        this.text = error.name();
        this.error = Optional.of(error);
    }

    public int code() {
        return code;
    }

    /// Goes out in the close frame; short ASCII.
    public String text() {
        return text;
    }

    /// Empty when nothing went wrong that has a code of its own.
    public Optional<ErrorCode> error() {
        return error;
    }
}
