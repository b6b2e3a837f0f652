package io.parley.core.record;

import io.parley.core.command.AppId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The roles of users: rows of `_Role` with the users in a relation, and roles whose users belong too.
/// Thread-safe; may block.
public final class Roles {
    private static final int MAX_DEPTH = 10;

    private final RecordStore store;

    public Roles(RecordStore store) {
        this.store = store;
    }

    /// Names of the roles a user has, directly or through another role.
    public Set<String> of(AppId app, String userId) {
        Set<String> names = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<Row> found = store.findBy(app, ClassNames.ROLE, Index.ROLE_USERS, List.of(userId));
        for (int depth = 0; depth < MAX_DEPTH && !found.isEmpty(); depth++) {
            List<String> fresh = found.stream().map(Row::id).filter(seen::add).toList();
            for (Row role : found) names.add(role.data().path(Index.ROLE_NAME).asText());
            found = fresh.isEmpty() ? List.of() : store.findBy(app, ClassNames.ROLE, Index.ROLE_ROLES, fresh);
        }
        return names;
    }
}
