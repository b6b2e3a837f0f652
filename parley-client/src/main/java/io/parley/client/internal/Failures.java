package io.parley.client.internal;

import io.parley.client.AVIMException;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.ErrorCommand;
import io.parley.client.internal.proto.SessionCommand;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Makes the errors that applications see. */
public final class Failures {
    private Failures() {}

    /** What the server refused. */
    public static AVIMException of(ErrorCommand error) {
        return of(error.getCode(), error.getAppCode(), error.getReason(), either(error.getAppMsg(), error.getDetail()));
    }

    static AVIMException of(AckCommand ack) {
        return of(ack.getCode(), ack.getAppCode(), ack.getReason(), ack.getAppMsg());
    }

    static AVIMException of(SessionCommand closed) {
        return of(closed.getCode(), 0, closed.getReason(), closed.getDetail());
    }

    private static AVIMException of(int code, int appCode, String reason, String detail) {
        String text = reason.isEmpty() ? detail : detail.isEmpty() ? reason : reason + ": " + detail;
        return new AVIMException(code, appCode, text.isEmpty() ? "the server refused with code " + code : text, null);
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }

    /** There is no connection now. */
    public static AVIMException notConnected() {
        return new AVIMException(AVIMException.CONNECTION_FAILED, "not connected");
    }

    /** The client is not logged in. */
    public static AVIMException notOpen() {
        return new AVIMException(AVIMException.SESSION_REQUIRED, "the client is not open: call open first");
    }

    static AVIMException timedOut(String what) {
        return new AVIMException(AVIMException.TIMEOUT, "no answer in time: " + what);
    }

    /** What a future failed with, without the wrapping that futures add. */
    public static AVIMException of(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) cause = cause.getCause();
        if (cause instanceof AVIMException) return (AVIMException) cause;
        return new AVIMException(AVIMException.OTHER_CAUSE, String.valueOf(cause.getMessage()), cause);
    }

    /** Whether the operation failed because of the network, not because somebody refused it. */
    public static boolean isOfNetwork(AVIMException error) {
        return error.getCode() == AVIMException.CONNECTION_FAILED || error.getCode() == AVIMException.TIMEOUT;
    }
}
