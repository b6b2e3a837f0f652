package io.parley.server.config;

import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.parley.server.config.ServerConfig.Address;
import io.parley.server.config.ServerConfig.Files;
import io.parley.server.config.ServerConfig.Listen;
import io.parley.server.config.ServerConfig.Log;
import io.parley.server.config.ServerConfig.S3;
import io.parley.server.config.ServerConfig.Tls;
import io.parley.server.config.ServerConfig.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Puts a [ServerConfig] together: defaults, then the file, then the environment, then flags; what comes later
/// wins.
public final class ConfigReader {
    private static final String APPS_VARIABLE = "PARLEY_APPS";
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace", "off");

    private final Values values = new Values();
    private final Map<AppId, ConfiguredApp> apps = new LinkedHashMap<>();
    private final List<YamlApps.Entry> appsOfFile = new ArrayList<>();
    private final List<String> appsOfEnvironment = new ArrayList<>();
    private final List<String> appsOfFlags = new ArrayList<>();

    /// Reads the YAML file.
    public ConfigReader file(Path file) {
        YamlFile.read(file, values, appsOfFile::add);
        return this;
    }

    /// Takes the variables that start with `PARLEY_`.
    public ConfigReader environment(Map<String, String> environment) {
        environment.forEach((name, text) -> {
            // In Kubernetes a service called parley puts PARLEY_PORT=tcp://… into every pod.
            if (!name.startsWith("PARLEY_") || text.isEmpty() || text.startsWith("tcp://")) return;
            if (name.equals(APPS_VARIABLE))
                appsOfEnvironment.addAll(List.of(text.strip().split("[,\\s]+")));
            else Keys.ofVariable(name).ifPresent(key -> values.put(key, text, name));
        });
        return this;
    }

    /// A setting given on the command line.
    ///
    /// @param flag as the operator wrote it
    public ConfigReader flag(String flag, String key, String text) {
        if (Keys.known(key)) values.put(key, text, flag);
        else values.problem(flag, "unknown setting " + key + "; allowed here: " + Keys.allowedNear(key));
        return this;
    }

    /// An app given on the command line as `ID:KEY:MASTERKEY`.
    public ConfigReader app(String text) {
        appsOfFlags.add(text);
        return this;
    }

    /// The configuration; a [ConfigException] with all problems when there are any.
    public ServerConfig read() {
        AppSettings appDefaults = Overlay.on(AppSettings.DEFAULT, values, Keys.APP_DEFAULTS);
        for (YamlApps.Entry entry : appsOfFile) entry.read(values, appDefaults).ifPresent(this::add);
        for (String app : appsOfEnvironment) add(APPS_VARIABLE, app);
        for (String app : appsOfFlags) add("--app", app);
        ServerConfig defaults = ServerConfig.DEFAULT;
        var config = new ServerConfig(
                listen(defaults.listen()),
                values.read("data", text -> Path.of(Parse.text(text)), defaults.data()),
                new Address(
                        values.read("publicUrl", Parse::publicUrl),
                        values.read(
                                "trustProxy", Parse::flag, defaults.address().trustProxy())),
                values.read("drainPatience", Parse::duration, defaults.drainPatience()),
                log(defaults.log()),
                files(),
                Overlay.on(defaults.connections(), values, Keys.CONNECTIONS),
                Overlay.on(defaults.outbound(), values, Keys.OUTBOUND),
                appDefaults,
                upstream(),
                List.copyOf(apps.values()));
        values.throwProblems();
        return config;
    }

    private Listen listen(Listen defaults) {
        Optional<Path> certificate = values.read("tls.cert", text -> Path.of(Parse.text(text)));
        Optional<Path> key = values.read("tls.key", text -> Path.of(Parse.text(text)));
        if (certificate.isPresent() != key.isPresent())
            values.problem(
                    certificate.isPresent() ? "tls.cert" : "tls.key",
                    "TLS needs both a certificate (tls.cert) and its key (tls.key)");
        Optional<Integer> plainPort = values.read("plainPort", Parse::port);
        if (plainPort.isPresent() && certificate.isEmpty())
            values.problem("plainPort", "only makes sense besides TLS; without TLS, port is plain already");
        return new Listen(
                values.read("host", Parse::text, defaults.host()),
                values.read("port", Parse::port, defaults.port()),
                certificate.flatMap(cert -> key.map(file -> new Tls(cert, file))),
                plainPort);
    }

    private Optional<Upstream> upstream() {
        List<String> pass = values.read(Keys.UPSTREAM_PASS, ConfigReader::paths, List.of());
        List<String> keep = values.read(Keys.UPSTREAM_KEEP, ConfigReader::paths, List.of());
        Optional<URI> url = values.read("upstream.url", Parse::publicUrl);
        if (url.isEmpty() && values.find("upstream.url").isEmpty() && !(pass.isEmpty() && keep.isEmpty()))
            values.problem("upstream", "rules for paths need an upstream.url to pass them to");
        return url.map(server -> new Upstream(server, pass, keep));
    }

    private static List<String> paths(String text) {
        List<String> paths = Parse.list(text);
        if (!paths.stream().allMatch(path -> path.startsWith("/")))
            throw new IllegalArgumentException("must be paths that begin with /, separated by commas");
        return paths;
    }

    private Files files() {
        Optional<String> bucket = values.read("files.s3.bucket", Parse::text);
        Optional<String> accessKey = values.read("files.s3.accessKey", Parse::text);
        Optional<String> secretKey = values.read("files.s3.secretKey", Parse::text);
        Optional<URI> endpoint = values.read("files.s3.endpoint", Parse::publicUrl);
        String region = values.read("files.s3.region", Parse::text, "us-east-1");
        String prefix = values.read("files.s3.prefix", text -> text, "");
        boolean pathStyle = values.read("files.s3.pathStyle", Parse::flag, endpoint.isPresent());
        if (bucket.isPresent() && (accessKey.isEmpty() || secretKey.isEmpty()))
            values.problem("files.s3.bucket", "a bucket needs files.s3.accessKey and files.s3.secretKey");
        return new Files(
                values.read("files.folder", text -> Path.of(Parse.text(text))),
                values.read("files.url", Parse::publicUrl),
                bucket.map(name ->
                        new S3(endpoint, region, name, prefix, accessKey.orElse(""), secretKey.orElse(""), pathStyle)));
    }

    private Log log(Log defaults) {
        Map<String, String> levels = new LinkedHashMap<>();
        for (String logger : values.below(Keys.LOG_LEVELS).keySet())
            values.read(Keys.LOG_LEVELS + logger, ConfigReader::level).ifPresent(level -> levels.put(logger, level));
        return new Log(
                values.read("log.format", ConfigReader::format, defaults.format()),
                values.read("log.level", ConfigReader::level, defaults.level()),
                levels);
    }

    private static String level(String text) {
        String level = text.toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) throw new IllegalArgumentException("must be one of " + String.join(", ", LEVELS));
        return level;
    }

    private static Log.Format format(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> Log.Format.TEXT;
            case "json" -> Log.Format.JSON;
            default -> throw new IllegalArgumentException("must be text or json");
        };
    }

    private void add(String source, String text) {
        try {
            add(ConfiguredApp.parse(text));
        } catch (IllegalArgumentException e) {
            values.problem(source, String.valueOf(e.getMessage())); // without the text, which holds keys
        }
    }

    /// The later one gives the keys; settings stay when the later one says nothing of them.
    private void add(ConfiguredApp app) {
        apps.merge(
                app.id(),
                app,
                (before, later) -> new ConfiguredApp(
                        later.id(),
                        later.key(),
                        later.masterKey(),
                        later.settings().or(before::settings)));
    }
}
