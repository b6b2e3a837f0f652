package io.parley.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.server.cli.ParleyCommand;
import io.parley.testing.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;

/// The clients of one test. JUnit hands it to test methods (see [Scenes]) and closes it after the test.
public final class Scene implements AutoCloseable {
    private static final Map<String, Boolean> PUSHING = Map.of("pushOfflineMessages", true);

    private final Lab lab;
    private final Ending ending;
    private final List<SdkClient> clients = new ArrayList<>();
    private final List<Program> ownPrograms = new ArrayList<>();
    private final List<WireClient> rawClients = new ArrayList<>();
    private final Map<Program, Integer> accidentsBefore = new HashMap<>();

    Scene(Lab lab) {
        this(lab, () -> {});
    }

    private Scene(Lab lab, Ending ending) {
        this.lab = lab;
        this.ending = ending;
    }

    /// What is to be done after everything else.
    private interface Ending {
        void close();
    }

    /// A scene with a server and programs of its own, for tests that end them. The test closes it.
    public static Scene apart() {
        Lab lab = new Lab();
        return new Scene(lab, lab::close);
    }

    /// The same with a second port that speaks no TLS, so that its data can move.
    public static Scene thatCanMove() {
        Lab lab = new Lab(List.of("plainPort=0"));
        return new Scene(lab, lab::close);
    }

    /// Archives this scene's server and imports the archive into another one's, as an operator would.
    public void movesTo(Scene other, Path folder) {
        Path archive = folder.resolve("archive");
        Path key = folder.resolve("key");
        try {
            Files.writeString(key, TestApp.MASTER_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String report = folder.resolve("report.jsonl").toString();
        assertThat(parley(
                        this,
                        key,
                        "archive",
                        "--out",
                        archive.toString(),
                        "--settle",
                        "0",
                        "--calls-per-second",
                        "999"))
                .isZero();
        assertThat(parley(other, key, "import", archive.toString(), "--report", report))
                .isZero();
        assertThat(parley(other, key, "verify", archive.toString())).isZero();
    }

    private static int parley(Scene scene, Path key, String command, String... more) {
        List<String> line = new ArrayList<>(
                List.of(command, "--server", scene.lab.server().plainUrl().toString()));
        line.addAll(List.of("--app-id", TestApp.ID, "--master-key-file", key.toString()));
        line.addAll(List.of(more));
        return ParleyCommand.run(line.toArray(String[]::new));
    }

    /// Ends the server and starts it again, same data, same port.
    public void restartsTheServer() {
        lab.server().restart();
    }

    /// The app's cloud functions and hooks are at this address from now on, for clients that log in later.
    public void appHasEngine(String url) {
        lab.server().appHasEngine(url);
    }

    /// A new client of that SDK, logged in. Its id is the name and a number.
    public SdkClient client(Sdk sdk, String name) {
        return client(sdk, name, Map.of());
    }

    /// @param options of the login: `tag`, `noBinary`, `connection` (clients that name the same one share a socket)
    public SdkClient client(Sdk sdk, String name, Map<String, ?> options) {
        return login(shared(sdk), idFor(name), options);
    }

    /// A client with exactly this id.
    public SdkClient clientCalled(String id, Sdk sdk) {
        return login(shared(sdk), id, Map.of());
    }

    /// Runs an application on this SDK that is set to the server of the documents, https://chat.example.com, and ends
    /// it when it has printed a line that begins with "sent".
    ///
    /// @param files of the application: name to text
    /// @param main name of the file to run, without its ending
    /// @return what it printed
    public String runs(Sdk sdk, Map<String, String> files, String main) {
        Map<String, String> configured = new HashMap<>();
        files.forEach((name, text) -> configured.put(name, lab.server().configured(text)));
        return Application.run(SdkPrograms.application(sdk, lab.authority(), configured, main));
    }

    /// Runs the tests that the SDK 2.4.0 brings with it.
    ///
    /// @param room an existing conversation of its first test client, with a message
    public OwnTests runsTheTestsOfJs2(String room) {
        ProcessBuilder tests = SdkPrograms.ownTests(lab.authority());
        tests.environment().putAll(lab.server().environment());
        tests.environment().put("EXSITING_ROOM_ID", room);
        return OwnTests.of(Application.run(tests));
    }

    /// A new client whose SDK is set to be sent missed messages instead of their number.
    public SdkClient clientThatGetsMissedMessages(Sdk sdk, String name) {
        return login(shared(sdk), idFor(name), PUSHING);
    }

    /// The same client logs in again after it closed, in the same program and with the same settings.
    public SdkClient again(SdkClient closed) {
        return login(closed.program(), closed.id(), closed.options());
    }

    /// Another device of the client.
    public SdkClient otherDevice(SdkClient client, Map<String, ?> options) {
        // The Java SDK keeps one login per client id and program.
        Program program = client.sdk() == Sdk.JAVA6 ? own(client.sdk()) : client.program();
        return login(program, client.id(), options);
    }

    /// A new client in a program of its own, for tests of what concerns the whole program.
    public SdkClient clientInOwnProgram(Sdk sdk, String name, Map<String, ?> options) {
        return login(own(sdk), idFor(name), options);
    }

    /// A client without an SDK, connected but not logged in, for what no SDK sends. Its id is the name and a number.
    ///
    /// @param origin as a browser would give it; empty for none
    public WireClient rawClient(String name, String origin) {
        WireClient client = WireClient.connect(lab.server().url(), lab.authority(), idFor(name), origin);
        rawClients.add(client);
        return client;
    }

    /// The same, logged in.
    public WireClient rawClient(String name) {
        WireClient client = rawClient(name, "");
        client.logsIn();
        return client;
    }

    /// An id that no other client has.
    public String idFor(String name) {
        return name + "-" + lab.number();
    }

    /// What the server answers to a call that an SDK makes for a session.
    ///
    /// @param path with its query
    public JsonNode gets(String path, String sessionToken) {
        HttpRequest request = HttpRequest.newBuilder(lab.server().url().resolve(path))
                .headers("X-LC-Id", TestApp.ID, "X-LC-Key", TestApp.KEY, "X-LC-IM-Session-Token", sessionToken)
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(lab.authority().clientContext())
                .build()) {
            return new ObjectMapper()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot get " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A call of the application's own server whose body goes out piece by piece, each with a flush.
    public HttpURLConnection streams(String path, String type) throws IOException {
        var call = (HttpURLConnection) lab.server().url().resolve(path).toURL().openConnection();
        if (call instanceof HttpsURLConnection secured)
            secured.setSSLSocketFactory(lab.authority().clientContext().getSocketFactory());
        call.setRequestMethod("POST");
        call.setDoOutput(true);
        call.setChunkedStreamingMode(0);
        call.setRequestProperty("X-LC-Id", TestApp.ID);
        call.setRequestProperty("X-LC-Key", TestApp.MASTER_KEY + ",master");
        call.setRequestProperty("Content-Type", type);
        return call;
    }

    private Program shared(Sdk sdk) {
        return lab.program(sdk);
    }

    private Program own(Sdk sdk) {
        Program program = lab.start(sdk);
        ownPrograms.add(program);
        return program;
    }

    private SdkClient login(Program program, String id, Map<String, ?> options) {
        accidentsBefore.putIfAbsent(program, program.accidents().size());
        String handle = program.sdk() == Sdk.JAVA6 ? id : id + "#" + lab.number();
        Map<String, Object> args = new HashMap<>(options);
        args.put("client", handle);
        args.put("id", id);
        JsonNode opened = program.call("open", args);
        assertThat(opened.path("id").asText()).isEqualTo(id);
        SdkClient client = new SdkClient(program, handle, id, options);
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(SdkClient::abandons);
        rawClients.forEach(WireClient::close);
        ownPrograms.forEach(Program::close);
        ending.close();
        accidentsBefore.forEach((program, before) -> {
            List<SdkEvent> accidents = program.accidents();
            assertThat(accidents.subList(before, accidents.size()))
                    .as("exceptions thrown by %s", program.sdk())
                    .isEmpty();
        });
    }
}
