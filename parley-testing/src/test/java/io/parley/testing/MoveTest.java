package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.migrate.standin.SampleApp;
import io.parley.migrate.standin.StandIn;
import io.parley.server.cli.ParleyCommand;
import io.parley.server.cutover.CutoverCheck;
import io.parley.server.doctor.Finding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of an app from its old server to a Parley, by the commands of the command line.
class MoveTest {
    @TempDir
    Path folder;

    private StandIn old;
    private ParleyServer server;

    @BeforeEach
    void start() throws IOException {
        old = new StandIn();
        SampleApp.fill(old, 7, 30, 700);
        server = ParleyServer.with().app(StandIn.APP, "appKey", "newMasterKey").start();
        Files.writeString(folder.resolve("old.key"), StandIn.MASTER_KEY + "\n");
        Files.writeString(folder.resolve("new.key"), "newMasterKey");
    }

    @AfterEach
    void stop() {
        server.close();
        old.close();
    }

    private int parley(String... arguments) {
        return ParleyCommand.run(arguments);
    }

    private String[] archive(String... more) {
        return with(
                more,
                "archive",
                "--server",
                old.url().toString(),
                "--app-id",
                StandIn.APP,
                "--master-key-file",
                folder.resolve("old.key").toString(),
                "--out",
                folder.resolve("archive").toString(),
                "--calls-per-second",
                "10000");
    }

    private String[] server(String command, String... more) {
        return with(
                more,
                command,
                folder.resolve("archive").toString(),
                "--server",
                server.url().toString(),
                "--app-id",
                StandIn.APP,
                "--master-key-file",
                folder.resolve("new.key").toString());
    }

    private String[] report() {
        return new String[] {"--report", folder.resolve("report.jsonl").toString()};
    }

    private static String[] with(String[] more, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void an_app_moves_into_a_running_server_by_url() throws Exception {
        assertThat(parley(archive())).isZero();
        assertThat(parley(server("verify"))).as("before").isEqualTo(4);
        assertThat(parley(server("import", report()))).isZero();
        assertThat(parley(server("verify"))).as("after").isZero();
        assertThat(parley(server("import", report()))).as("again").isZero();
        assertThat(parley(server("verify"))).as("after the second time").isZero();
    }

    @Test
    void a_mirror_brings_over_what_comes_later() throws Exception {
        assertThat(parley(archive())).isZero();
        assertThat(parley(server("import", report()))).isZero();
        old.addMessage(SampleApp.message(2, 1_770_000_000_000L, "late", 1));

        assertThat(parley(
                        "mirror",
                        "--server",
                        old.url().toString(),
                        "--app-id",
                        StandIn.APP,
                        "--master-key-file",
                        folder.resolve("old.key").toString(),
                        "--out",
                        folder.resolve("archive").toString(),
                        "--to",
                        server.url().toString(),
                        "--to-master-key-file",
                        folder.resolve("new.key").toString(),
                        "--rounds",
                        "1",
                        "--calls-per-second",
                        "1000"))
                .isZero();

        assertThat(parley(server("verify"))).isZero();
    }

    @Test
    void a_call_budget_ends_a_run_and_the_next_one_goes_on() {
        assertThat(parley(archive("--calls", "5"))).isEqualTo(3);
        assertThat(parley(archive())).isZero();
        assertThat(parley(server("import", report()))).isZero();
        assertThat(parley(server("verify"))).isZero();
    }

    @Test
    void the_check_before_a_cut_over_sees_what_clients_will_need() {
        var plan = new CutoverCheck.Plan(
                server.url(), Optional.empty(), StandIn.APP, Optional.of("appKey"), Optional.of("newMasterKey"), false);

        List<Finding> findings = new CutoverCheck(plan, InstantSource.system()).findings();

        assertThat(findings)
                .extracting(Finding::subject)
                .contains("DNS", "server", "app key", "master key", "switches");
        assertThat(findings).noneMatch(finding -> finding.grade() == Finding.Grade.BAD);
        assertThat(findings.stream()
                        .filter(f -> f.subject().startsWith("route"))
                        .toList())
                .hasSize(4);
    }

    @Test
    void the_check_finds_wrong_keys_and_a_missing_upstream() {
        var plan = new CutoverCheck.Plan(
                URI.create("http://localhost:" + server.port()),
                Optional.empty(),
                StandIn.APP,
                Optional.of("otherKey"),
                Optional.of("otherMasterKey"),
                true);

        assertThat(new CutoverCheck(plan, InstantSource.system()).findings())
                .filteredOn(finding -> finding.grade() == Finding.Grade.BAD)
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("app key", "master key", "upstream");
    }
}
