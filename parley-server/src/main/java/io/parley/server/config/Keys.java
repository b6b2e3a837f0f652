package io.parley.server.config;

import io.parley.core.app.AppSettings;
import io.parley.gateway.GatewaySettings;
import io.parley.outbound.OutboundSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of all settings with a single value: dotted paths in the YAML file, from which the names of
/// environment variables follow (`tls.cert` is `PARLEY_TLS_CERT`).
final class Keys {
    static final String CONNECTIONS = "connections.";
    static final String OUTBOUND = "outbound.";
    static final String APP_DEFAULTS = "appDefaults.";
    static final String LOG_LEVELS = "log.levels.";
    static final String UPSTREAM_PASS = "upstream.pass";
    static final String UPSTREAM_KEEP = "upstream.keep";

    private static final List<String> ALL = Stream.of(
                    Stream.of(
                            "host",
                            "port",
                            "plainPort",
                            "data",
                            "publicUrl",
                            "trustProxy",
                            "tls.cert",
                            "tls.key",
                            "drainPatience",
                            "log.format",
                            "log.level",
                            UPSTREAM_PASS,
                            UPSTREAM_KEEP,
                            "upstream.url",
                            "files.folder",
                            "files.url",
                            "files.s3.endpoint",
                            "files.s3.region",
                            "files.s3.bucket",
                            "files.s3.prefix",
                            "files.s3.accessKey",
                            "files.s3.secretKey",
                            "files.s3.pathStyle"),
                    components(GatewaySettings.class).map(CONNECTIONS::concat),
                    components(OutboundSettings.class).map(OUTBOUND::concat),
                    components(AppSettings.class).map(APP_DEFAULTS::concat))
            .flatMap(keys -> keys)
            .toList();

    private Keys() {}

    static List<String> all() {
        return ALL;
    }

    static boolean known(String key) {
        return ALL.contains(key) || key.startsWith(LOG_LEVELS) && key.length() > LOG_LEVELS.length();
    }

    /// Whether a list may be given.
    static boolean takesList(String key) {
        if (key.equals(UPSTREAM_PASS) || key.equals(UPSTREAM_KEEP)) return true;
        return takesList(key, APP_DEFAULTS, AppSettings.class) || takesList(key, OUTBOUND, OutboundSettings.class);
    }

    private static boolean takesList(String key, String group, Class<?> settings) {
        return key.startsWith(group) && type(settings, key.substring(group.length())) == List.class;
    }

    private static @Nullable Class<?> type(Class<?> record, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        for (RecordComponent component : record.getRecordComponents()) {
            if (!component.getName().equals(name)) continue;
            return dot < 0 ? component.getType() : type(component.getType(), path.substring(dot + 1));
        }
        return null;
    }

    /// What may stand where an unknown key stood: its siblings, or the top level.
    static String allowedNear(String key) {
        String parent = key.substring(0, key.lastIndexOf('.') + 1);
        List<String> siblings = ALL.stream()
                .filter(known -> known.startsWith(parent))
                .map(known -> known.substring(parent.length()))
                .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
                .distinct()
                .toList();
        if (siblings.isEmpty()) return allowedNear(parent.substring(0, Math.max(0, parent.length() - 1)));
        return String.join(", ", siblings) + (parent.isEmpty() ? ", apps" : "");
    }

    static String variable(String key) {
        return "PARLEY_"
                + key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    static Optional<String> ofVariable(String variable) {
        return ALL.stream().filter(key -> variable(key).equals(variable)).findFirst();
    }

    /// The names of a record's components, those of a record within it with a dot: `push.badge`.
    static Stream<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getType().isRecord()
                        ? components(component.getType()).map(name -> component.getName() + "." + name)
                        : Stream.of(component.getName()));
    }
}
