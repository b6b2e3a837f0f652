package io.parley.core.record;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who asks for rows: the application with its master key, a logged-in user, or anybody who knows the app key.
/// Used by one thread.
public final class Requester {
    private final boolean master;
    private final @Nullable String user;
    private final Supplier<Set<String>> loadRoles;
    private final FileLinks files;
    private @Nullable Set<String> roles;

    private Requester(boolean master, @Nullable String user, Supplier<Set<String>> loadRoles, FileLinks files) {
        this.master = master;
        this.user = user;
        this.loadRoles = loadRoles;
        this.files = files;
    }

    public static Requester master(FileLinks files) {
        return new Requester(true, null, Set::of, files);
    }

    public static Requester anybody(FileLinks files) {
        return new Requester(false, null, Set::of, files);
    }

    /// @param roles names of the user's roles; asked for when an ACL names a role
    public static Requester user(String id, Supplier<Set<String>> roles, FileLinks files) {
        return new Requester(false, id, roles, files);
    }

    /// Where this requester finds uploaded files.
    FileLinks files() {
        return files;
    }

    /// Asks for the roles now, because it cannot be done during a step of the store.
    Requester settled() {
        if (user != null && roles == null) roles = loadRoles.get();
        return this;
    }

    /// ACLs and class permissions do not bind the master key.
    public boolean isMaster() {
        return master;
    }

    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    public boolean is(String userId) {
        return userId.equals(user);
    }

    boolean hasRole(String name) {
        Set<String> known = roles;
        if (known == null) roles = known = loadRoles.get();
        return known.contains(name);
    }
}
