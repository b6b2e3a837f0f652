package io.parley.gateway;

import io.parley.core.command.CloseReason;
import io.parley.core.command.ErrorCode;
import java.util.Optional;

/// How a connection ends by the server's will.
///
/// @param code of the WebSocket close frame
/// @param text of the close frame; short ASCII
/// @param reason names the kind in metrics; one of a few
/// @param error of the connection, which the sessions on it end by, too
record Ending(int code, String text, String reason, Optional<ErrorCode> error) {
    static Ending of(CloseReason reason) {
        return new Ending(reason.code(), reason.text(), reason.name(), reason.error());
    }

    /// After a refused login: no fault of the connection.
    static Ending of(ErrorCode error) {
        return new Ending(error.number(), error.name(), error.name(), Optional.empty());
    }
}
