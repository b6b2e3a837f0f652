package io.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.app.AppSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The list `apps` of the configuration file.
final class YamlApps {
    private static final Set<String> KEYS = Set.of("id", "key", "masterKey", "settings");

    private YamlApps() {}

    static void entries(Path file, JsonNode list, Values values, Consumer<Entry> entries) {
        if (!list.isArray()) {
            values.problem(file + ": apps", "must be a list of apps, each with id, key, masterKey and maybe settings");
            return;
        }
        for (int i = 0; i < list.size(); i++) entries.accept(new Entry(file + ": apps[" + i + "]", list.get(i)));
    }

    /// One element of the list, as it was written.
    record Entry(String place, JsonNode node) {

        Optional<ConfiguredApp> read(Values values, AppSettings defaults) {
            if (!node.isObject()) {
                values.problem(place, "must have id, key and masterKey");
                return Optional.empty();
            }
            node.properties().forEach(entry -> {
                if (!KEYS.contains(entry.getKey()))
                    values.problem(
                            place + "." + entry.getKey(),
                            "unknown setting; allowed here: id, key, masterKey, settings");
            });
            try {
                return Optional.of(new ConfiguredApp(
                        ConfiguredApp.appId(text("id")), text("key"), text("masterKey"), settings(values, defaults)));
            } catch (IllegalArgumentException e) {
                values.problem(place, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private String text(String key) {
            String text = node.path(key).asText("");
            if (text.isEmpty()) throw new IllegalArgumentException(key + " is required");
            return text;
        }

        private Optional<AppSettings> settings(Values values, AppSettings defaults) {
            JsonNode settings = node.get("settings");
            if (settings == null) return Optional.empty();
            String prefix = place + ".settings.";
            List<String> known = Keys.components(AppSettings.class).toList();
            put(settings, "", prefix, known, values);
            return Optional.of(Overlay.on(defaults, values, prefix));
        }

        private static void put(JsonNode group, String path, String prefix, List<String> known, Values values) {
            group.properties().forEach(entry -> {
                String name = path + entry.getKey();
                if (entry.getValue().isObject()) put(entry.getValue(), name + ".", prefix, known, values);
                else if (known.contains(name))
                    values.put(prefix + name, YamlFile.text(entry.getValue()), prefix + name);
                else values.problem(prefix + name, "unknown setting; allowed here: " + String.join(", ", known));
            });
        }
    }
}
