package io.parley.server.cli;

import io.parley.server.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say where a server's configuration and data are.
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings.")
    private @Nullable Path config;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            description = "Folder of the embedded store (default: data).")
    private @Nullable String data;

    /// Knows the file and the environment, as a server does.
    ConfigReader reader(Map<String, String> environment) {
        var reader = new ConfigReader();
        Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(environment.get("PARLEY_CONFIG")).map(Path::of))
                .ifPresent(reader::file);
        return reader.environment(environment);
    }

    /// What the command line says counts more than that.
    void override(ConfigReader reader) {
        if (data != null) reader.flag("--data", "data", data);
    }
}
