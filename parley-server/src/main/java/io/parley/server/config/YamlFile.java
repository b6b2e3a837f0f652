package io.parley.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The configuration file: flattened to dotted keys, checked for keys that do not exist.
final class YamlFile {
    private final Path file;
    private final Values values;

    private YamlFile(Path file, Values values) {
        this.file = file;
        this.values = values;
    }

    /// @param apps gets each entry of the list `apps`
    static void read(Path file, Values values, Consumer<YamlApps.Entry> apps) {
        JsonNode root = parse(file);
        if (root.isMissingNode() || root.isNull()) return; // an empty file, or nothing but comments
        if (!root.isObject()) throw new ConfigException(file + ": must hold settings as \"key: value\" lines");
        var yaml = new YamlFile(file, values);
        root.properties().forEach(entry -> {
            if (entry.getKey().equals("apps")) YamlApps.entries(file, entry.getValue(), values, apps);
            else yaml.flatten(entry.getKey(), entry.getValue());
        });
    }

    private static JsonNode parse(Path file) {
        if (!Files.isReadable(file)) throw new ConfigException(file + ": there is no readable file of this name");
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String line = at == null ? "" : ":" + at.getLineNr();
            throw new ConfigException(file + line + ": not valid YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private void flatten(String key, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(entry -> flatten(key + "." + entry.getKey(), entry.getValue()));
        } else if (!Keys.known(key)) {
            values.problem(place(key), "unknown setting; allowed here: " + Keys.allowedNear(key));
        } else if (value.isArray() && !Keys.takesList(key)) {
            values.problem(place(key), "must be a single value, not a list");
        } else if (!value.isNull()) {
            values.put(key, text(value), place(key));
        }
    }

    /// A list as a flag or a variable would give it: its elements with commas between.
    static String text(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(","))
                : value.asText();
    }

    private String place(String key) {
        return file + ": " + key;
    }
}
