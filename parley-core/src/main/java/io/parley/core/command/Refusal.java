package io.parley.core.command;

/// The caller may not or cannot: an expected answer, not a failure. Carries no stack trace, so that refusing is
/// cheap.
/// The detail names the value and what is allowed; it reaches the client and must hold no secret.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    private Refusal(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /// @param format a [String#format] pattern
    public static Refusal of(ErrorCode code, String format, Object... values) {
        return new Refusal(code, String.format(format, values));
    }

    public static Refusal of(ErrorCode code) {
        return new Refusal(code, code.meaning());
    }

    public ErrorCode code() {
        return code;
    }

    /// The symbolic name that goes out as `reason`.
    public String reason() {
        return code.name();
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
