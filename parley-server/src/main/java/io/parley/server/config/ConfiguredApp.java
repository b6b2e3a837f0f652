package io.parley.server.config;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.Refusal;
import java.util.Optional;

/// An app that the configuration names.
///
/// @param settings absent when the configuration says nothing about them: stored ones stay
public record ConfiguredApp(AppId id, String key, String masterKey, Optional<AppSettings> settings) {
    public ConfiguredApp {
        checkKey("key", key);
        checkKey("master key", masterKey);
    }

    /// @param text `ID:KEY:MASTERKEY`
    public static ConfiguredApp parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 3) throw new IllegalArgumentException("an app is given as ID:KEY:MASTERKEY");
        return new ConfiguredApp(appId(parts[0]), parts[1], parts[2], Optional.empty());
    }

    static AppId appId(String text) {
        try {
            return new AppId(text);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.detail(), refusal);
        }
    }

    private static void checkKey(String name, String key) {
        // A comma would end the key in an X-LC-Key header.
        if (!key.matches("[!-+\\--~]{4,128}"))
            throw new IllegalArgumentException("a " + name + " has 4 to 128 visible characters and no comma");
    }

    public App on(AppSettings kept) {
        return new App(id, key, masterKey, settings.orElse(kept));
    }

    @Override
    public String toString() {
        return "ConfiguredApp[" + id + "]"; // keys never reach a log
    }
}
