package io.parley.testing;

import io.parley.core.app.AppSettings;
import io.parley.server.config.ConfigReader;

/// Default settings but for one.
final class Settings {
    private Settings() {}

    static AppSettings of(String name, String value) {
        return new ConfigReader()
                .flag(name, "appDefaults." + name, value)
                .read()
                .appDefaults();
    }
}
