package io.parley.server.config;

import io.parley.core.app.AppSettings;
import io.parley.gateway.GatewaySettings;
import io.parley.outbound.OutboundSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything a server is told at its start. Immutable.
///
/// @param data folder of the embedded store; made when it is missing
/// @param address where clients find the server
/// @param drainPatience how long a stopping server waits for its clients to leave
/// @param files where the bytes of uploaded files are kept
/// @param connections limits of connections
/// @param outbound where the server itself may call
/// @param appDefaults settings of apps for which nothing else is said
/// @param upstream the server that answers what this one does not
/// @param apps to be known from the start
public record ServerConfig(
        Listen listen,
        Path data,
        Address address,
        Duration drainPatience,
        Log log,
        Files files,
        GatewaySettings connections,
        OutboundSettings outbound,
        AppSettings appDefaults,
        Optional<Upstream> upstream,
        List<ConfiguredApp> apps) {

    public static final ServerConfig DEFAULT = new ServerConfig(
            new Listen("0.0.0.0", 8080, Optional.empty(), Optional.empty()),
            Path.of("data"),
            new Address(Optional.empty(), false),
            Duration.ofSeconds(10),
            new Log(Log.Format.TEXT, "info", Map.of()),
            new Files(Optional.empty(), Optional.empty(), Optional.empty()),
            GatewaySettings.DEFAULT,
            OutboundSettings.DEFAULT,
            AppSettings.DEFAULT,
            Optional.empty(),
            List.of());

    public ServerConfig {
        apps = List.copyOf(apps);
    }

    /// @param port for everything; 0 takes a free one
    /// @param tls absent: no TLS
    /// @param plainPort besides `port`, when that one speaks TLS: for clients that cannot
    public record Listen(String host, int port, Optional<Tls> tls, Optional<Integer> plainPort) {}

    /// @param url scheme, host, port, and perhaps a path to put before
    /// @param pass paths that go there although this server has something at them
    /// @param keep paths that never go there; of rules that match a call, the longest path decides
    public record Upstream(URI url, List<String> pass, List<String> keep) {
        public Upstream {
            pass = List.copyOf(pass);
            keep = List.copyOf(keep);
        }
    }

    /// PEM files.
    ///
    /// @param certificate with its chain, the server's own first
    /// @param key unencrypted, PKCS#8 or PKCS#1
    public record Tls(Path certificate, Path key) {}

    /// @param publicUrl what clients use to reach this server, when it is not what they used already
    /// @param trustProxy believe the X-Forwarded headers of requests
    public record Address(Optional<URI> publicUrl, boolean trustProxy) {}

    /// @param folder of the bytes of files, or of uploads under way when there is a bucket; absent: in the data
    ///     folder
    /// @param url what comes before the app and the key in URLs of files; absent: this server hands them out
    /// @param s3 absent: files are kept in the folder
    public record Files(Optional<Path> folder, Optional<URI> url, Optional<S3> s3) {}

    /// A bucket of an S3-compatible store.
    ///
    /// @param endpoint absent: Amazon's own of the region
    /// @param prefix of the names of all objects; may be empty
    /// @param pathStyle the bucket stands in the path of URLs, not in their host
    public record S3(
            Optional<URI> endpoint,
            String region,
            String bucket,
            String prefix,
            String accessKey,
            String secretKey,
            boolean pathStyle) {
        @Override
        public String toString() {
            return "S3[" + bucket + "]"; // keys never reach a log
        }
    }

    /// @param levels by logger name
    public record Log(Format format, String level, Map<String, String> levels) {
        public Log {
            levels = Map.copyOf(levels);
        }

        public enum Format {
            TEXT,
            JSON
        }
    }
}
