package io.parley.server;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.server.config.ConfiguredApp;
import io.parley.server.config.ServerConfig;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Optional;

/// Sees to it that a server has the apps it was told of, and at least one.
final class FirstApp {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 24;

    private FirstApp() {}

    static void ensure(Apps apps, ServerConfig config) {
        for (ConfiguredApp configured : config.apps()) {
            AppSettings kept = apps.find(configured.id()).map(App::settings).orElse(config.appDefaults());
            apps.save(configured.on(kept));
        }
        if (apps.all().isEmpty()) apps.save(made(config.appDefaults()));
    }

    /// The app of the web chat: the first configured one, else the first by id.
    static Optional<App> find(Apps apps, ServerConfig config) {
        return config.apps().stream()
                .findFirst()
                .flatMap(configured -> apps.find(configured.id()))
                .or(() -> apps.all().stream()
                        .min(Comparator.comparing(app -> app.id().value())));
    }

    private static App made(AppSettings settings) {
        var random = new SecureRandom();
        return new App(new AppId(text(random)), text(random), text(random), settings);
    }

    private static String text(SecureRandom random) {
        return random.ints(LENGTH, 0, CHARACTERS.length())
                .map(CHARACTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
