package io.parley.core.record;

import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.ObjectIds;
import io.parley.core.command.Refusal;

/// Names one row. Ids made here have 24 hexadecimal digits, but imported ones look as they like. Source: rest 1.
///
/// @param id 1 to 128 of `A-Z a-z 0-9 _ -`
public record RecordKey(AppId app, String className, String id) {
    public RecordKey {
        ClassNames.check(className);
        if (id.isEmpty() || id.length() > 128 || !id.chars().allMatch(RecordKey::allowed))
            throw Refusal.of(
                    ErrorCode.MISSING_OBJECT_ID, "an object id is 1 to 128 of A-Z a-z 0-9 _ -; got \"%s\"", id);
    }

    /// A key with a new id.
    public static RecordKey next(AppId app, String className) {
        return new RecordKey(app, className, ObjectIds.next());
    }

    private static boolean allowed(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    @Override
    public String toString() {
        return className + "/" + id;
    }
}
