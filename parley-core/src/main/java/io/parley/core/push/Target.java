package io.parley.core.push;

import java.util.Optional;
import java.util.OptionalInt;

/// A device to notify.
///
/// @param device id of its installation
/// @param token what the provider knows it by
/// @param profile which of the provider's configurations it belongs to
/// @param topic of an iOS device: the app's bundle id
/// @param team of an iOS device: its Apple developer team
/// @param badge to be shown on an iOS device, when the notification changes it
public record Target(
        String device, String token, String profile, Optional<String> topic, Optional<String> team, OptionalInt badge) {
    /// The profile of devices that name none. Source: semantics 13.5.
    public static final String DEFAULT_PROFILE = "_default";

    @Override
    public String toString() {
        return "Target[" + device + "]"; // whoever has a token can notify the device
    }
}
