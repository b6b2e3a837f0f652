package io.parley.client;

import org.jspecify.annotations.Nullable;

/**
 * Why an operation failed: a code of the server, or one of the constants below, which are made by the SDK itself.
 * Immutable.
 */
public final class AVIMException extends Exception {
    private static final long serialVersionUID = 1;

    /** An error that is neither of the connection nor of the server; see the cause. */
    public static final int OTHER_CAUSE = -1;

    /** There is no connection, or it was lost before the server answered. */
    public static final int CONNECTION_FAILED = 100;

    /** An argument is not acceptable; nothing was sent. */
    public static final int INVALID_ARGUMENT = 107;

    /** The cache has no answer, and the policy of the query allows no other. */
    public static final int CACHE_MISS = 120;

    /** The server did not answer in time. Whether it acted is not known. */
    public static final int TIMEOUT = 124;

    /** An upload or another HTTP call failed; the message has the status. */
    public static final int HTTP_FAILED = 150;

    /** The login was refused: the signature does not fit. */
    public static final int SIGNATURE_FAILED = 4102;

    /** The client is not logged in. */
    public static final int SESSION_REQUIRED = 4105;

    /** Another device logged in with the same tag. */
    public static final int SESSION_CONFLICT = 4111;

    /** The session's token is no longer valid; the SDK logs in again by itself. */
    public static final int SESSION_TOKEN_EXPIRED = 4112;

    /** There is no such conversation. */
    public static final int CONVERSATION_NOT_FOUND = 4303;

    private final int code;
    private final int appCode;

    /**
     * An error with a code.
     *
     * @param code one of the constants, or what the server said
     * @param message what went wrong, for developers
     */
    public AVIMException(int code, String message) {
        this(code, 0, message, null);
    }

    /**
     * An error that has another one as its reason.
     *
     * @param code one of the constants
     * @param message what went wrong, for developers
     * @param cause the error below
     */
    public AVIMException(int code, String message, Throwable cause) {
        this(code, 0, message, cause);
    }

    /**
     * An error with the code of the application's own hook.
     *
     * @param code what the server said
     * @param appCode what the application's hook said; 0 if it said nothing
     * @param message what went wrong, for developers
     * @param cause the error below, or null
     */
    public AVIMException(int code, int appCode, String message, @Nullable Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
        this.appCode = appCode;
    }

    /**
     * What kind of error this is.
     *
     * @return one of the constants, or a code of the server
     */
    public int getCode() {
        return code;
    }

    /**
     * The code that the application's own hook gave when it refused.
     *
     * @return 0 if no hook refused
     */
    public int getAppCode() {
        return appCode;
    }
}
