package io.parley.core.record;

import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.Locale;

/// Who may do what with the rows of a class as a whole; ACLs say it for single rows. Source: rest 2.3.
public final class Permissions {
    private Permissions() {}

    static boolean allow(App app, String className, Operation operation, Requester requester) {
        if (requester.isMaster()) return true;
        return switch (app.settings().storage().allowed(className, operation)) {
            case ALL -> true;
            case USERS -> requester.user().isPresent();
            case NOBODY -> false;
        };
    }

    public static void check(App app, String className, Operation operation, Requester requester) {
        if (!allow(app, className, operation, requester))
            throw Refusal.of(
                    ErrorCode.FORBIDDEN,
                    "Forbidden to %s by class '%s' permissions.",
                    operation.name().toLowerCase(Locale.ROOT),
                    className);
    }
}
