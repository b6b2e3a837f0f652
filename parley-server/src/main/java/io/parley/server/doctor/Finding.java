package io.parley.server.doctor;

/// What one look at the machine found.
///
/// @param subject what was looked at
/// @param text what was found; when it is bad, also how to mend it
public record Finding(Grade grade, String subject, String text) {
    public enum Grade {
        GOOD,
        /// A server runs, but not as well as it could.
        DOUBTFUL,
        /// A server will not run.
        BAD
    }

    public static Finding good(String subject, String text) {
        return new Finding(Grade.GOOD, subject, text);
    }

    public static Finding doubtful(String subject, String text) {
        return new Finding(Grade.DOUBTFUL, subject, text);
    }

    public static Finding bad(String subject, String text) {
        return new Finding(Grade.BAD, subject, text);
    }
}
