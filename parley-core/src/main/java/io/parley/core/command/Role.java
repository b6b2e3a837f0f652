package io.parley.core.command;

import java.util.Arrays;
import java.util.Optional;

/// What a member may do, from least to most. The creator is the owner; no row says so. Source: semantics 8.1.
public enum Role {
    MEMBER("Member"),
    MANAGER("Manager"),
    OWNER("Owner");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /// As SDKs and `_ConversationMemberInfo` spell it.
    public String wireName() {
        return wireName;
    }

    public static Optional<Role> named(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName.equals(wireName))
                .findFirst();
    }

    public boolean isAbove(Role other) {
        return compareTo(other) > 0;
    }
}
