package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.migrate.standin.SampleApp;
import io.parley.migrate.standin.StandIn;
import io.parley.server.cli.ParleyCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives, imports and the servers they go into are killed (SIGKILL) in the middle of their work, and the same
/// command is given again. Nothing may be missing, doubled or half-written then. `-Dparley.move.seed=…` chooses other
/// moments; the timing of processes still differs from run to run.
class MoveCrashTest {
    private static final long SEED = Long.getLong("parley.move.seed", 1);
    private static final int KILLS = 2;
    private static final int CONVERSATIONS = 20;
    private static final int MESSAGES = 25_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final byte[] film = new byte[300_000];
    private StandIn old;

    @BeforeEach
    void fill() throws IOException {
        random.nextBytes(film);
        old = new StandIn();
        SampleApp.fill(old, SEED, CONVERSATIONS, 0);
        SampleApp.talkMuch(old, CONVERSATIONS, MESSAGES);
        SampleApp.addFile(old, 3, film);
        Files.writeString(folder.resolve("old.key"), StandIn.MASTER_KEY);
        Files.writeString(folder.resolve("new.key"), TestApp.MASTER_KEY);
    }

    @AfterEach
    void stop() {
        old.close();
    }

    private String[] archive(String pace) {
        return new String[] {
            "archive",
            "--server",
            old.url().toString(),
            "--app-id",
            StandIn.APP,
            "--master-key-file",
            folder.resolve("old.key").toString(),
            "--out",
            folder.resolve("archive").toString(),
            "--file-domain",
            old.url() + "/file-host",
            "--calls-per-second",
            pace
        };
    }

    private String[] data(String command, String... more) {
        return to(command, more, "--data", folder.resolve("data").toString());
    }

    private String[] server(String command, ParleyProcess server, String... more) {
        return to(
                command,
                more,
                "--server",
                server.url().toString(),
                "--app-id",
                TestApp.ID,
                "--master-key-file",
                folder.resolve("new.key").toString());
    }

    private String[] to(String command, String[] more, String... where) {
        return Stream.of(Stream.of(command, folder.resolve("archive").toString()), Stream.of(where), Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    private String[] report() {
        return new String[] {"--report", folder.resolve("report.jsonl").toString()};
    }

    /// Starts the command, and kills it when `moment` has come, unless it has ended before.
    private static void killed(BooleanSupplier moment, String... command) throws InterruptedException {
        Process process = ParleyProcess.launch(command);
        try {
            until(() -> moment.getAsBoolean() || !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed, or done").isIn(137, 0);
    }

    private static void until(BooleanSupplier moment) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(moment::getAsBoolean);
    }

    /// The moment when a folder has grown by so many bytes.
    private static BooleanSupplier grown(Path folder, long by) {
        long now = size(folder);
        return () -> size(folder) >= now + by;
    }

    private static long size(Path folder) {
        return files(folder).mapToLong(MoveCrashTest::sizeOf).sum();
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) return Stream.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList().stream().flatMap(path -> Files.isDirectory(path) ? files(path) : Stream.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNothingHalfWritten() {
        assertThat(files(folder).map(file -> file.getFileName().toString()))
                .noneMatch(name -> name.endsWith(".tmp") || name.endsWith(".part"));
        assertThat(folder.resolve("report.jsonl")).as("all is in").doesNotExist();
    }

    @Test
    void a_killed_archive_goes_on_without_loss_or_doubles() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            int calls = old.calls() + 1 + random.nextInt(60);
            killed(() -> old.calls() >= calls, archive("250"));
        }

        assertThat(ParleyCommand.run(archive("10000"))).isZero();

        assertThat(ParleyCommand.run(data("import", report()))).isZero();
        assertThat(ParleyCommand.run(data("verify"))).isZero();
        assertThat(messages()).isEqualTo(MESSAGES);
        assertNothingHalfWritten();
    }

    /// As the table of contents counts them; that the server has as many, without doubles, is what `verify` says.
    private long messages() throws IOException {
        return new io.parley.migrate.archive.ArchiveReader(folder.resolve("archive"))
                .manifest()
                .set(io.parley.migrate.archive.SetName.MESSAGES)
                .lines();
    }

    @Test
    void a_killed_import_into_a_folder_goes_on_without_loss_or_doubles() throws Exception {
        assertThat(ParleyCommand.run(archive("10000"))).isZero();

        for (int kill = 0; kill < KILLS; kill++)
            killed(grown(folder.resolve("data"), 100_000 + random.nextInt(2_500_000)), data("import", report()));

        assertThat(ParleyCommand.run(data("import", report()))).isZero();
        assertThat(ParleyCommand.run(data("verify"))).isZero();
        assertNothingHalfWritten();
    }

    @Test
    void an_import_by_url_survives_its_own_death_and_the_servers() throws Exception {
        assertThat(ParleyCommand.run(archive("10000"))).isZero();
        Path data = folder.resolve("data");

        ParleyProcess server = ParleyProcess.start(data, port());
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            killed(grown(data, 300_000 + random.nextInt(1_500_000)), server("import", server, report()));
            String[] command = server("import", server, report());
            BooleanSupplier moment = grown(data, 100_000 + random.nextInt(1_500_000));
            Future<Integer> importing = threads.submit(() -> ParleyCommand.run(command));
            until(() -> moment.getAsBoolean() || importing.isDone());
            server.kill();
            server = ParleyProcess.start(data, server.port());
            assertThat(importing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();

            assertThat(ParleyCommand.run(server("verify", server))).isZero();
            assertThat(download(server, "films/3.mp4")).isEqualTo(film);
            assertNothingHalfWritten();
        } finally {
            server.close();
        }
    }

    /// One that no connection gets by chance while the server is away.
    private static int port() throws IOException {
        while (true) {
            int port = 20_000 + new Random().nextInt(10_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                continue;
            }
        }
    }

    private static byte[] download(ParleyProcess server, String key) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create(server.url() + "/files/" + TestApp.ID + "/" + key);
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray())
                    .body();
        }
    }

    @Test
    void an_archive_killed_before_its_first_word_can_be_begun_again() throws Exception {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        Files.writeString(archive.resolve(".lock"), "");
        Files.writeString(archive.resolve("manifest.json.tmp"), "{\"format\":");

        assertThat(ParleyCommand.run(archive("10000"))).isZero();

        assertThat(files(archive).map(Path::getFileName).map(Path::toString)).doesNotContain("manifest.json.tmp");
    }
}
