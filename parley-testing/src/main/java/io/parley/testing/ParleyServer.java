package io.parley.testing;

import io.parley.server.Parley;
import io.parley.server.config.ConfigReader;
import io.parley.server.config.ServerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A whole server inside a test: real sockets on a free port of 127.0.0.1, a real store in a temporary folder,
/// the app [TestApp]. Use it in a try block:
///
/// ```java try (var server = ParleyServer.start()) { … server.url() … } ```
///
/// or as a JUnit extension, in a static field for one server per class, in an instance field for one per test:
///
/// ```java
/// @RegisterExtension static final ParleyServer server = ParleyServer.with().set("appDefaults.maxMembers",
///     "3").create(); ```
///
/// Thread-safe, but for starting and stopping.
public final class ParleyServer
        implements AutoCloseable, BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final Setup setup;
    private boolean perClass;
    private @Nullable Path temporary;
    private volatile @Nullable Parley running;
    private int port;

    private ParleyServer(Setup setup) {
        this.setup = setup;
    }

    /// Starts a server with default settings.
    public static ParleyServer start() {
        return with().start();
    }

    public static Setup with() {
        return new Setup();
    }

    /// What a server shall be. Not thread-safe.
    public static final class Setup {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final ConfigReader apps = new ConfigReader().app(TestApp.credentials());
        private Optional<Path> data = Optional.empty();
        private Clock clock = Clock.systemUTC();

        private Setup() {}

        /// A setting by its name in the YAML file, such as `appDefaults.maxMembers`.
        public Setup set(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /// One more app. The first app is always [TestApp].
        public Setup app(String id, String key, String masterKey) {
            apps.app(id + ":" + key + ":" + masterKey);
            return this;
        }

        /// A folder of the test's own, which stays. Without it, the server makes one and deletes it when it is
        /// closed.
        public Setup data(Path folder) {
            data = Optional.of(folder);
            return this;
        }

        /// PEM files for TLS.
        public Setup tls(Path certificate, Path key) {
            return set("tls.cert", certificate.toString()).set("tls.key", key.toString());
        }

        public Setup clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /// A server that is not started yet: for JUnit to do so.
        public ParleyServer create() {
            return new ParleyServer(this);
        }

        public ParleyServer start() {
            ParleyServer server = create();
            server.open();
            return server;
        }
    }

    private void open() {
        Path data = setup.data.orElseGet(() -> {
            Path known = temporary;
            if (known == null) temporary = known = TemporaryFolder.create();
            return known;
        });
        var reader = setup.apps
                .flag("host", "host", "127.0.0.1")
                .flag("port", "port", Integer.toString(port))
                .flag("data", "data", data.toString());
        setup.settings.forEach((key, value) -> reader.flag(key, key, value));
        ServerConfig config = reader.read();
        Parley started = Parley.start(config, setup.clock);
        running = started;
        port = started.port();
    }

    /// Stops the server and starts it again with the same data, on the same port.
    public void restart() {
        parley().close();
        open();
    }

    /// Stops the server. A folder that it made is deleted.
    @Override
    public void close() {
        Parley parley = running;
        running = null;
        if (parley != null) parley.close();
        if (temporary != null) TemporaryFolder.delete(temporary);
        temporary = null;
        port = 0;
    }

    /// Such as `http://127.0.0.1:40123`, without a slash at its end, as SDKs want it.
    public URI url() {
        return parley().url();
    }

    /// Such as `ws://127.0.0.1:40123/`.
    public URI webSocketUrl() {
        return URI.create("ws" + url().toString().substring("http".length()) + "/");
    }

    public int port() {
        return parley().port();
    }

    public Path data() {
        return parley().config().data();
    }

    /// The server itself.
    public Parley parley() {
        Parley parley = running;
        if (parley == null) throw new IllegalStateException("the test server is not running");
        return parley;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        perClass = true;
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!perClass) open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!perClass) close();
    }
}
