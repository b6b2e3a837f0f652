package io.parley.core.command;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The caller may not or cannot: an expected answer, not a failure. Carries no stack trace, so that refusing is
/// cheap.
/// The detail names the value and what is allowed; it reaches the client and must hold no secret.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final @Nullable Integer appCode;
    private final @Nullable String appMessage;

    private Refusal(ErrorCode code, String detail) {
        this(code, detail, null, null);
    }

    private Refusal(ErrorCode code, String detail, @Nullable Integer appCode, @Nullable String appMessage) {
        super(detail, null, false, false);
        this.code = code;
        this.appCode = appCode;
        this.appMessage = appMessage;
    }

    /// @param format a [String#format] pattern
    public static Refusal of(ErrorCode code, String format, Object... values) {
        return new Refusal(code, String.format(format, values));
    }

    public static Refusal of(ErrorCode code) {
        return new Refusal(code, code.meaning());
    }

    /// The application's own code said no, and maybe why: in numbers, in words.
    public static Refusal byApp(ErrorCode code, OptionalInt appCode, Optional<String> appMessage) {
        return new Refusal(
                code,
                appMessage.orElse(code.meaning()),
                appCode.isPresent() ? appCode.getAsInt() : null,
                appMessage.orElse(null));
    }

    /// What the application's code gave as its reason, in numbers.
    public OptionalInt appCode() {
        return appCode == null ? OptionalInt.empty() : OptionalInt.of(appCode);
    }

    /// What the application's code gave as its reason, in words.
    public Optional<String> appMessage() {
        return Optional.ofNullable(appMessage);
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
