package io.parley.core.file;

import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;

/// Names the bytes of one file: what comes last in its URL.
///
/// @param key 1 to 512 characters; parts between `/` are neither empty nor `.` nor `..`, and hold no control
///     characters
public record BlobKey(AppId app, String key) {
    public static final int MAX_LENGTH = 512;

    public BlobKey {
        if (key.isEmpty() || key.length() > MAX_LENGTH || !key.codePoints().allMatch(BlobKey::allowed)) throw refused();
        for (String part : key.split("/", -1))
            if (part.isEmpty() || part.equals(".") || part.equals("..")) throw refused();
    }

    private static boolean allowed(int c) {
        return !Character.isISOControl(c) && c != '\\' && Character.getType(c) != Character.SURROGATE;
    }

    private static Refusal refused() {
        return Refusal.of(
                ErrorCode.BAD_REQUEST,
                "the key of a file has at most %d characters, without control characters, and no part is empty, . or ..",
                MAX_LENGTH);
    }

    @Override
    public String toString() {
        return app + "/" + key;
    }
}
