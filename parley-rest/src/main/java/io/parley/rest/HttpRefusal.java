package io.parley.rest;

/// A way to say no that exists in HTTP only: status, REST error code and text. Ways to say no that sockets share
/// are [io.parley.core.command.Refusal]s. Carries no stack trace. Source: rest 3.
public final class HttpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    /// @param error reaches the caller and must hold no secret
    public HttpRefusal(int status, int code, String error) {
        super(error, null, false, false);
        this.status = status;
        this.code = code;
    }

    public static HttpRefusal badRequest(String error) {
        return new HttpRefusal(400, 1, error);
    }

    public static HttpRefusal unauthorized() {
        return new HttpRefusal(401, 401, "Unauthorized.");
    }

    public static HttpRefusal forbidden(String error) {
        return new HttpRefusal(403, 403, error);
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    public String error() {
        return String.valueOf(getMessage());
    }
}
