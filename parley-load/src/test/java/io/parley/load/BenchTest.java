package io.parley.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.load.tiny.Fault;
import io.parley.load.tiny.TinyServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct --pairs 5",
                "direct --pairs 5 --in-flight 8",
                "direct --pairs 5 --rate 200",
                "group --members 12 --in-flight 3 --groups 2",
                "room --receivers 20 --rate 50 --stopped-percent 10",
                "login --concurrency 5",
                "idle --sessions 30 --before 5"
            })
    void every_workload_finds_a_good_server_good(String workload) {
        try (TinyServer server = new TinyServer()) {
            assertThat(bench(server, workload)).as(err + "\n" + out).isZero();
            assertThat(out.toString()).contains("verdict", "good");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SKIPS_DELIVERY", "DOUBLES_DELIVERY", "SWAPS_DELIVERIES"})
    void a_server_that_delivers_badly_fails_the_run(Fault fault) {
        try (TinyServer server = new TinyServer(fault)) {
            assertThat(bench(server, "direct --pairs 3 --rate 400"))
                    .as(err + "\n" + out)
                    .isEqualTo(1);
            assertThat(out.toString()).contains("FAILED");
        }
    }

    @Test
    void a_server_without_chat_rooms_is_told_plainly() {
        try (TinyServer server = new TinyServer(Fault.REFUSES_ROOMS)) {
            assertThat(bench(server, "room --receivers 3")).isEqualTo(2);
            assertThat(err.toString()).contains("cannot start a chat room").contains("4316");
        }
    }

    @Test
    void an_app_that_the_server_does_not_know_is_told_plainly() {
        try (TinyServer server = new TinyServer()) {
            assertThat(run("direct", "--server", server.url().toString(), "--app-id", "other"))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("knows no way for the app other");
        }
    }

    @Test
    void more_connections_than_open_files_are_refused_before_the_run() {
        try (TinyServer server = new TinyServer()) {
            assertThat(bench(server, "idle --sessions 100000000")).isEqualTo(2);
            assertThat(err.toString()).contains("open-file limit", "ulimit -n");
        }
    }

    @Test
    void nobody_at_the_address_is_told_plainly() {
        assertThat(run("direct", "--server", "http://127.0.0.1:1", "--app-id", "app"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no server answers at http://127.0.0.1:1");
    }

    @Test
    void figures_are_written_for_programs_too(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("figures.json");
        try (TinyServer server = new TinyServer()) {
            assertThat(bench(server, "direct --pairs 2 --json " + file)).isZero();
        }

        assertThat(Files.readString(file)).contains("\"workload\": \"direct\"", "\"lost [messages]\": 0", "p99");
    }

    private int bench(TinyServer server, String workload) {
        List<String> arguments = new ArrayList<>(List.of(workload.split(" ")));
        arguments.addAll(List.of("--server", server.url().toString()));
        arguments.addAll(List.of("--seconds", "1", "--warmup", "0", "--patience", "1"));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return new CommandLine(new Bench())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
