package io.parley.core.command;

/// The id of an app, the unit of isolation: keys, settings and all data belong to one app.
public record AppId(String value) {
    public AppId {
        if (value.isEmpty() || value.length() > 64 || !value.chars().allMatch(AppId::allowed))
            throw Refusal.of(ErrorCode.APP_NOT_AVAILABLE, "an app id is 1 to 64 of A-Z a-z 0-9 _ -; got \"%s\"", value);
    }

    private static boolean allowed(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    @Override
    public String toString() {
        return value;
    }
}
