package io.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only shows when a server is a process of its own.
class ServerProcessTest {
    @TempDir
    Path folder;

    private final Http http = new Http();

    @Test
    void a_server_that_is_asked_to_end_reports_success_and_starts_again() throws Exception {
        int port;
        try (var server = ParleyProcess.start(folder, 0)) {
            port = server.port();
            assertThat(http.get(server.url() + "/1.1/ping").statusCode()).isEqualTo(200);

            assertThat(server.terminate()).isZero();
        }
        try (var again = ParleyProcess.start(folder, port)) {
            assertThat(http.get(again.url() + "/1.1/ping").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_server_with_clients_that_do_not_leave_ends_when_its_patience_does() throws Exception {
        try (var server = ParleyProcess.start(folder, 0, "--drain-patience", "500ms");
                var tom = new JsonSocket(URI.create("ws://127.0.0.1:" + server.port() + "/"))) {
            tom.open("Tom");

            assertThat(server.terminate()).isZero();
        }
    }

    @Test
    void a_server_that_was_killed_starts_again() throws Exception {
        ParleyProcess.start(folder, 0).kill();

        try (var again = ParleyProcess.start(folder, 0)) {
            assertThat(http.json(again.url() + "/health").path("store").asText())
                    .isEqualTo("ok");
        }
    }

    @Test
    void a_second_server_on_the_same_data_is_refused() throws Exception {
        try (var first = ParleyProcess.start(folder, 0)) {
            var second =
                    ParleyProcess.launch("serve", "--host", "127.0.0.1", "--port", "0", "--data", folder.toString());

            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(http.get(first.url() + "/1.1/ping").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_ends_the_start() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var server = ParleyProcess.launch(
                    "serve",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--data",
                    folder.toString());

            assertThat(server.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void the_first_server_makes_an_app_and_later_ones_keep_it() throws Exception {
        String[] command = {"serve", "--host", "127.0.0.1", "--port", "0", "--data", folder.toString()};

        String first = appOf(ParleyProcess.launch(command));
        String second = appOf(ParleyProcess.launch(command));

        assertThat(first).matches("App id\\s+[A-Za-z0-9]{24}").isEqualTo(second);
    }

    private static String appOf(Process process) throws Exception {
        try (var out = process.inputReader()) {
            return out.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("App id"))
                    .findFirst()
                    .orElseThrow();
        } finally {
            process.destroy();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void the_doctor_finds_nothing_on_a_good_machine() throws Exception {
        var doctor = ParleyProcess.launch("doctor", "--host", "127.0.0.1", "--port", "0", "--data", folder.toString());

        String said = new String(doctor.getInputStream().readAllBytes(), UTF_8);

        assertThat(doctor.waitFor()).as(said).isZero();
        assertThat(said).contains("Java").doesNotContain("BAD");
    }

    @Test
    void the_doctor_sees_a_running_server() throws Exception {
        try (var running = ParleyProcess.start(folder, 0)) {
            var doctor = ParleyProcess.launch(
                    "doctor",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(running.port()),
                    "--data",
                    folder.toString());

            String said = new String(doctor.getInputStream().readAllBytes(), UTF_8);

            assertThat(doctor.waitFor()).isEqualTo(1);
            assertThat(said).contains("cannot listen on 127.0.0.1:" + running.port(), "used by a running server");
        }
    }

    @Test
    void the_doctor_names_a_mistake_in_the_configuration() throws Exception {
        var doctor = ParleyProcess.launch("doctor", "--set", "conections.maxFrameBytes=1");

        String said = new String(doctor.getInputStream().readAllBytes(), UTF_8);

        assertThat(doctor.waitFor()).isEqualTo(1);
        assertThat(said).contains("unknown setting conections.maxFrameBytes");
    }
}
