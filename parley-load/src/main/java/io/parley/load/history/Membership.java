package io.parley.load.history;

import io.parley.load.history.Recording.MemberChange;
import java.util.ArrayList;
import java.util.List;

/// When one client was a member of one conversation, as far as can be known from outside: a change takes effect
/// at some moment between its request and its confirmation. Not thread-safe.
final class Membership {
    private final List<MemberChange> changes = new ArrayList<>(); // ascending by request

    void add(MemberChange change) {
        changes.add(change);
    }

    /// Whether the client was certainly a member from `from` to `to`.
    boolean covers(long from, long to) {
        boolean member = false;
        for (MemberChange change : changes) {
            if (change.added()) {
                member = member || change.confirmedAt() <= from;
            } else if (change.requestedAt() <= to) {
                member = false;
            }
        }
        return member;
    }

    /// Whether the client was certainly not a member at any time from `from` to `to`.
    boolean excludes(long from, long to) {
        boolean out = true;
        for (MemberChange change : changes) {
            if (!change.added()) {
                out = out || change.confirmedAt() < from;
            } else if (change.requestedAt() <= to) {
                out = false;
            }
        }
        return out;
    }

    /// Request of the newest addition; 0 when there is none.
    long lastJoinRequestedAt() {
        return changes.stream()
                .filter(MemberChange::added)
                .mapToLong(MemberChange::requestedAt)
                .max()
                .orElse(0);
    }

    /// Confirmation of the newest addition; 0 when there is none.
    long lastJoinConfirmedAt() {
        return changes.stream()
                .filter(MemberChange::added)
                .mapToLong(MemberChange::confirmedAt)
                .max()
                .orElse(0);
    }

    /// Confirmation of the first addition; [Recording#NEVER] when there is none.
    long firstJoinConfirmedAt() {
        return changes.stream()
                .filter(MemberChange::added)
                .mapToLong(MemberChange::confirmedAt)
                .min()
                .orElse(Recording.NEVER);
    }
}
