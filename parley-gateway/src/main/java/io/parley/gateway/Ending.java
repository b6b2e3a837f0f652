package io.parley.gateway;

import io.parley.core.command.CloseReason;
import io.parley.core.command.ErrorCode;

/// How a connection ends by the server's will.
///
/// @param code of the WebSocket close frame
/// @param text of the close frame; short ASCII
/// @param reason names the kind in metrics; one of a few
record Ending(int code, String text, String reason) {
    static Ending of(CloseReason reason) {
        return new Ending(reason.code(), reason.text(), reason.name());
    }

    static Ending of(ErrorCode error) {
        return new Ending(error.number(), error.name(), error.name());
    }
}
