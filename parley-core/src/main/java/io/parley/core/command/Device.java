package io.parley.core.command;

import java.util.Optional;

/// What a session tells of its device. Two sessions are on the same device when their identities are present and
/// equal.
/// Source: semantics 2.4.
public record Device(String deviceToken, String deviceId) {
    public static final Device UNKNOWN = new Device("", "");

    /// First non-empty of device token and device id.
    public Optional<String> identity() {
        if (!deviceToken.isEmpty()) return Optional.of(deviceToken);
        return deviceId.isEmpty() ? Optional.empty() : Optional.of(deviceId);
    }

    public boolean sameAs(Device other) {
        return identity().isPresent() && identity().equals(other.identity());
    }
}
