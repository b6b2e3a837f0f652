package io.parley.conformance.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A headless Chromium with a profile of its own, which goes away when closed. Not thread-safe.
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://(127\\.0\\.0\\.1:\\d+)/.*");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String MISSING = """
            The web chat is tested in Chromium, and none was found on PATH (%s).
            Install it, for example with   apt-get install chromium
            or name it with   -Dparley.chromium=/path/to/chromium""".formatted(String.join(", ", NAMES));

    private final Path profile;
    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Tab> tabs = new ArrayList<>();

    private Chromium(Path profile, Process process, String address) {
        this.profile = profile;
        this.process = process;
        this.address = address;
    }

    static Chromium start() {
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
                    // A machine without a mouse plays one with a mouse.
                    "--blink-settings=primaryHoverType=2,availableHoverTypes=2",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank"));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Chromium(profile, process, addressOf(process));
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

    /// A tab beside the others: as in a browser window, they share what the page remembers in the browser.
    Tab newTab() {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            String answer = http.send(request, BodyHandlers.ofString()).body();
            URI debugger = URI.create(
                    JSON.readTree(answer).path("webSocketDebuggerUrl").asText());
            Tab tab = Tab.attach(http, debugger);
            tabs.add(tab);
            return tab;
        } catch (IOException failure) {
            throw new UncheckedIOException("opening a tab", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("opening a tab", interrupted);
        }
    }

    /// Closes the tabs, keeps the browser.
    void closeTabs() {
        tabs.forEach(Tab::close);
        tabs.clear();
    }

    @Override
    public void close() {
        closeTabs();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            http.close();
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
