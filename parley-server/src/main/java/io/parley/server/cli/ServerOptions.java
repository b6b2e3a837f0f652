package io.parley.server.cli;

import io.parley.server.config.ConfigReader;
import io.parley.server.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say what a server shall be.
final class ServerOptions {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: 0.0.0.0, all).")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Port for HTTP and WebSocket (default: 8080; 0 takes a free one).")
    private @Nullable String port;

    @Option(
            names = "--app",
            paramLabel = "ID:KEY:MASTERKEY",
            description = "An app with these keys; may be repeated. Without any, a first app is made.")
    private List<String> apps = List.of();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM file with the certificate and its chain.")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file with the certificate's private key.")
    private @Nullable String tlsKey;

    @Option(
            names = "--plain-port",
            paramLabel = "PORT",
            description = "Second port without TLS, for clients that cannot speak it.")
    private @Nullable String plainPort;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "How clients reach this server, when it is behind a proxy: https://chat.example.com")
    private @Nullable String publicUrl;

    @Option(
            names = "--trust-proxy",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            description = "Believe X-Forwarded-Proto, -Host, -Port and -For.")
    private @Nullable String trustProxy;

    @Option(
            names = "--drain-patience",
            paramLabel = "TIME",
            description = "How long a stopping server waits for its clients to leave (default: 10s).")
    private @Nullable String drainPatience;

    @Option(names = "--log-format", paramLabel = "text|json", description = "Form of the log (default: text).")
    private @Nullable String logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace (default: info).")
    private @Nullable String logLevel;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any other setting by its name in the YAML file; may be repeated.")
    private Map<String, String> others = new LinkedHashMap<>();

    ServerConfig read(Map<String, String> environment) {
        ConfigReader reader = config.reader(environment);
        others.forEach((key, value) -> reader.flag("--set " + key, key, value));
        flag(reader, "--host", "host", host);
        flag(reader, "--port", "port", port);
        config.override(reader);
        flag(reader, "--tls-cert", "tls.cert", tlsCertificate);
        flag(reader, "--tls-key", "tls.key", tlsKey);
        flag(reader, "--plain-port", "plainPort", plainPort);
        flag(reader, "--public-url", "publicUrl", publicUrl);
        flag(reader, "--trust-proxy", "trustProxy", trustProxy);
        flag(reader, "--drain-patience", "drainPatience", drainPatience);
        flag(reader, "--log-format", "log.format", logFormat);
        flag(reader, "--log-level", "log.level", logLevel);
        apps.forEach(reader::app);
        return reader.read();
    }

    private static void flag(ConfigReader reader, String flag, String key, @Nullable String text) {
        if (text != null) reader.flag(flag, key, text);
    }
}
