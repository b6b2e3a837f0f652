package io.parley.core.outbox;

/// What a job is for, and so who does it.
public enum Purpose {
    /// An accepted message: who was offline, what hook and push make of it.
    MESSAGE,
    /// A hook that is told afterwards.
    HOOK,
    /// Messages to a service conversation, for the application's own server.
    UPLINK,
    /// Notifications of devices.
    PUSH
}
