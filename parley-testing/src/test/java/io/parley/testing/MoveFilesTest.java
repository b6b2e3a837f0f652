package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.migrate.load.RestTarget;
import io.parley.migrate.load.Target;
import io.parley.migrate.source.Account;
import io.parley.migrate.source.MasterKey;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.RestClient;
import io.parley.migrate.standin.SampleApp;
import io.parley.migrate.standin.StandIn;
import io.parley.server.cli.ParleyCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of files on their way from one server to another.
class MoveFilesTest {
    private static final int MOST = 22_000_000;

    @TempDir
    Path folder;

    private final byte[] film = new byte[21_500_000];
    private StandIn old;
    private ParleyServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(5).nextBytes(film);
        old = new StandIn();
        SampleApp.fill(old, 7, 3, 10);
        server = ParleyServer.with()
                .set("appDefaults.storage.maxFileBytes", Integer.toString(MOST))
                .start();
        Files.writeString(folder.resolve("old.key"), StandIn.MASTER_KEY);
        Files.writeString(folder.resolve("key"), TestApp.MASTER_KEY);
    }

    @AfterEach
    void stop() {
        server.close();
        old.close();
    }

    private int archive(String out, URI from, String app, String key, String... more) {
        return run(
                more,
                "archive",
                "--server",
                from.toString(),
                "--app-id",
                app,
                "--master-key-file",
                folder.resolve(key).toString(),
                "--out",
                folder.resolve(out).toString(),
                "--settle",
                "0",
                "--calls-per-second",
                "10000");
    }

    private int archiveOld() {
        return archive("archive", old.url(), StandIn.APP, "old.key", "--file-domain", old.url() + "/file-host/");
    }

    private int toServer(String command, String archive, ParleyServer to, String... more) {
        return run(
                more,
                command,
                folder.resolve(archive).toString(),
                "--server",
                to.url().toString(),
                "--app-id",
                TestApp.ID,
                "--master-key-file",
                folder.resolve("key").toString());
    }

    private static int run(String[] more, String... first) {
        return ParleyCommand.run(
                Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
    }

    private String[] report() {
        return new String[] {"--report", folder.resolve("report.jsonl").toString()};
    }

    private static byte[] download(ParleyServer from, String key) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create(from.url() + "/files/" + TestApp.ID + "/" + key);
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray())
                    .body();
        }
    }

    @Test
    void a_file_larger_than_a_call_may_be_comes_over_by_url_and_only_once() throws Exception {
        SampleApp.addFile(old, 3, film);
        assertThat(archiveOld()).isZero();

        assertThat(toServer("import", "archive", server, report())).isZero();

        assertThat(download(server, "films/3.mp4")).isEqualTo(film);
        assertThat(download(server, "pictures/cat%201.png")).containsExactly(1, 2, 3);
        assertThat(toServer("verify", "archive", server)).isZero();
        var account = new Account(server.url(), TestApp.ID, new MasterKey(TestApp.MASTER_KEY));
        Path same = Files.write(folder.resolve("same"), film);
        try (RestClient rest = new RestClient(account, Pace.UNHURRIED)) {
            assertThat(new RestTarget(rest).file("films/3.mp4", same, "video/mp4", false))
                    .as("whoever goes on with an import does not send it again")
                    .isEqualTo(Target.KNOWN_FILE);
        }
    }

    @Test
    void a_file_beyond_the_limit_of_the_server_is_named_with_the_setting_and_comes_when_that_is_raised()
            throws Exception {
        SampleApp.addFile(old, 3, new byte[MOST + 1]);
        assertThat(archiveOld()).isZero();

        assertThat(toServer("import", "archive", server, report())).isEqualTo(4);

        assertThat(Files.readString(folder.resolve("report.jsonl")))
                .contains("films/3.mp4")
                .contains("storage.maxFileBytes");
        assertThat(download(server, "pictures/cat%201.png"))
                .as("the other file")
                .containsExactly(1, 2, 3);
        try (ParleyServer larger = ParleyServer.start()) {
            assertThat(toServer("import", "archive", larger, report())).isZero();
        }
    }

    @Test
    void an_import_into_a_folder_puts_bytes_where_the_servers_configuration_keeps_them() throws Exception {
        assertThat(archiveOld()).isZero();
        Path config = folder.resolve("parley.yaml");
        Path files = folder.resolve("elsewhere");
        Files.writeString(config, "data: " + folder.resolve("data") + "\nfiles:\n  folder: " + files + "\n");

        assertThat(run(
                        report(),
                        "import",
                        folder.resolve("archive").toString(),
                        "--app-id",
                        TestApp.ID,
                        "--config",
                        config.toString()))
                .isZero();

        assertThat(folder.resolve("data/files")).doesNotExist();
        try (ParleyServer there = ParleyServer.with()
                .data(folder.resolve("data"))
                .set("files.folder", files.toString())
                .start()) {
            assertThat(download(there, "pictures/cat%201.png")).containsExactly(1, 2, 3);
        }
    }

    @Test
    void the_bytes_of_a_parley_come_along_by_themselves() throws Exception {
        SampleApp.addFile(old, 3, film);
        assertThat(archiveOld()).isZero();
        assertThat(toServer("import", "archive", server, report())).isZero();

        assertThat(archive("second", server.url(), TestApp.ID, "key")).isZero();
        try (ParleyServer third = ParleyServer.start()) {
            assertThat(toServer("import", "second", third, report())).isZero();

            assertThat(download(third, "films/3.mp4")).isEqualTo(film);
            assertThat(toServer("verify", "second", third)).isZero();
        }
    }
}
