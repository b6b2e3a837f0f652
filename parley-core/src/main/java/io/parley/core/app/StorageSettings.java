package io.parley.core.app;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What an operator may change per app about records, users and files. Source: rest 2.3, 14, 15, 17.
///
/// @param classPermissions who may do what with a class without the master key, such as `Note:create=users`; see
///     docs/storage.md
/// @param authProviders names in `authData` that may sign users up and in. Nobody asks the provider whether it is
///     true, so only names that cannot be abused belong here
/// @param maxFileBytes of one uploaded file
/// @param uploadTtl an upload must have ended this long after its token was given
/// @param installationTtl installations that were not heard of for so long are deleted
/// @param failedLoginsPerAddress within a quarter of an hour; 0 means any number
public record StorageSettings(
        List<String> classPermissions,
        List<String> authProviders,
        int maxFileBytes,
        Duration uploadTtl,
        Duration installationTtl,
        int failedLoginsPerAddress) {
    public static final StorageSettings DEFAULT = new StorageSettings(
            List.of(), List.of("anonymous"), 100 * 1024 * 1024, Duration.ofHours(1), Duration.ofDays(90), 100);

    public StorageSettings {
        classPermissions = List.copyOf(classPermissions);
        authProviders = List.copyOf(authProviders);
        classPermissions.forEach(ClassPermission::parse);
    }

    /// What a caller without the master key may do; the last word about a class and an operation counts. Nothing opens
    /// what clients wrote to the operator in confidence.
    public Who allowed(String className, Operation operation) {
        if (className.equals("_SysMessage")) return Who.NOBODY;
        Who allowed = byDefault(className, operation);
        for (String text : classPermissions) {
            ClassPermission permission = ClassPermission.parse(text);
            if (permission.className.equals(className)
                    && permission.operations.contains(operation.name().toLowerCase(Locale.ROOT)))
                allowed = permission.who;
        }
        return allowed;
    }

    /// Source: rest 2.3.
    private static Who byDefault(String className, Operation operation) {
        return switch (className) {
            case "_Conversation" -> Who.NOBODY;
            case "_User" -> operation == Operation.FIND ? Who.NOBODY : Who.ALL;
            case "_Installation" -> operation == Operation.FIND || operation == Operation.DELETE ? Who.NOBODY : Who.ALL;
            case "_Role" -> operation == Operation.CREATE ? Who.NOBODY : Who.ALL;
            default -> Who.ALL;
        };
    }

    public enum Operation {
        CREATE,
        GET,
        FIND,
        UPDATE,
        DELETE
    }

    public enum Who {
        /// Everybody who knows the app key.
        ALL,
        /// Users who are logged in.
        USERS,
        /// The master key only.
        NOBODY
    }

    /// `CLASS:OPERATION+OPERATION=WHO`.
    private record ClassPermission(String className, List<String> operations, Who who) {
        private static final String FORM =
                "a class permission is CLASS:OPERATION=WHO, with operations create, get, find, update, delete joined by"
                        + " +, and all, users or nobody; got \"%s\"";

        static ClassPermission parse(String text) {
            int colon = text.indexOf(':');
            int equals = text.indexOf('=');
            if (colon <= 0 || equals < colon) throw new IllegalArgumentException(FORM.formatted(text));
            List<String> operations =
                    List.of(text.substring(colon + 1, equals).strip().split("\\s*\\+\\s*"));
            for (String operation : operations)
                if (!List.of("create", "get", "find", "update", "delete").contains(operation))
                    throw new IllegalArgumentException(FORM.formatted(text));
            Who who = switch (text.substring(equals + 1).strip()) {
                case "all" -> Who.ALL;
                case "users" -> Who.USERS;
                case "nobody" -> Who.NOBODY;
                default -> throw new IllegalArgumentException(FORM.formatted(text));
            };
            return new ClassPermission(text.substring(0, colon).strip(), operations, who);
        }
    }
}
