package io.parley.core.app;

import io.parley.core.command.AppId;

/// One tenant with a snapshot of its settings. Travels inside every [io.parley.core.session.Session], which gets a
/// newer
/// one when the settings change.
public record App(AppId id, String key, String masterKey, AppSettings settings) {
    @Override
    public String toString() {
        return "App[" + id + "]"; // keys never reach a log
    }
}
