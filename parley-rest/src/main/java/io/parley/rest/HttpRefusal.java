package io.parley.rest;

import java.time.Duration;
import java.util.Optional;

/// A way to say no that exists in HTTP only: status, REST error code and text. Ways to say no that sockets share
/// are [io.parley.core.command.Refusal]s. Carries no stack trace. Source: rest 3.
public final class HttpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    private final Optional<Duration> retryAfter;

    /// @param error reaches the caller and must hold no secret
    public HttpRefusal(int status, int code, String error) {
        this(status, code, error, Optional.empty());
    }

    private HttpRefusal(int status, int code, String error, Optional<Duration> retryAfter) {
        super(error, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public static HttpRefusal tooMany(Duration retryAfter) {
        return new HttpRefusal(429, 429, "Too many requests.", Optional.of(retryAfter));
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

    /// When it makes sense to try again.
    public Optional<Duration> retryAfter() {
        return retryAfter;
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
