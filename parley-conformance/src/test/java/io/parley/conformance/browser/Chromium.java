package io.parley.conformance.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A headless Chromium with a profile of its own: one for all tests, which ends with this JVM. Thread-safe.
public final class Chromium {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://127\\.0\\.0\\.1:\\d+/.*)");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String MISSING = """
            The web chat and the SDKs for browsers are tested in Chromium, and none was found on PATH (%s).
            Install it, for example with   apt-get install chromium
            or name it with   -Dparley.chromium=/path/to/chromium""".formatted(String.join(", ", NAMES));

    private final Path profile;
    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final DevTools tools;

    private Chromium(Path profile, Process process, String debugger) {
        this.profile = profile;
        this.process = process;
        this.address = URI.create(debugger).getAuthority();
        this.tools = DevTools.connect(http, URI.create(debugger));
    }

    private static final class Shared {
        static final Chromium BROWSER = start();
    }

    /// The browser, started when first asked for.
    public static Chromium shared() {
        return Shared.BROWSER;
    }

    private static Chromium start() {
        String program = find().orElseThrow(() -> new AssertionError(MISSING));
        try {
            Path profile = Files.createTempDirectory("parley-chromium");
            List<String> command = new ArrayList<>(List.of(program));
            command.addAll(List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--hide-scrollbars",
                    // Pages of programs are never looked at, and must not doze for that.
                    "--disable-background-timer-throttling",
                    "--disable-renderer-backgrounding",
                    // The authority that issued the certificate of a server under test is one of the tests' own.
                    "--ignore-certificate-errors",
                    // A machine without a mouse plays one with a mouse.
                    "--blink-settings=primaryHoverType=2,availableHoverTypes=2",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank"));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var browser = new Chromium(profile, process, addressOf(process));
            Runtime.getRuntime().addShutdownHook(new Thread(browser::end, "ends Chromium"));
            return browser;
        } catch (IOException failure) {
            throw new UncheckedIOException("starting " + program, failure);
        }
    }

    private static Optional<String> find() {
        String given = System.getProperty("parley.chromium");
        if (given != null) return Optional.of(given);
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return NAMES.stream()
                .flatMap(name ->
                        Stream.of(path.split(java.io.File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /// Reads on in the background, so that the browser never waits for somebody to read its warnings.
    private static String addressOf(Process process) throws IOException {
        var errors = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(rest -> {}));
                return listening.group(1);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("Chromium ended before it could be driven. It said:\n" + said);
    }

    /// A window that shares nothing with the others.
    public Window newWindow() {
        return newWindow(Map.of());
    }

    /// A window whose connections, except those to this machine by name or address, are made by a proxy.
    ///
    /// @param proxy on this machine
    public Window newWindow(InetSocketAddress proxy) {
        return newWindow(Map.of("proxyServer", "http://127.0.0.1:" + proxy.getPort()));
    }

    private Window newWindow(Map<String, String> options) {
        return new Window(
                this,
                tools.call("Target.createBrowserContext", options)
                        .path("browserContextId")
                        .asText());
    }

    Tab newTab(String context) {
        String tab = tools.call("Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asText();
        return Tab.attach(http, tab, URI.create("ws://" + address + "/devtools/page/" + tab));
    }

    void close(Tab tab) {
        tools.call("Target.closeTarget", Map.of("targetId", tab.target()));
        tab.detach();
    }

    void forget(String context) {
        tools.call("Target.disposeBrowserContext", Map.of("browserContextId", context));
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            deleteProfile();
        } catch (IOException failure) {
            throw new UncheckedIOException("deleting the browser's profile " + profile, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteProfile() throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
