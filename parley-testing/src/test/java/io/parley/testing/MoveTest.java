package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.source.Account;
import io.parley.migrate.source.MasterKey;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.RestClient;
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
import java.util.Map;
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

        assertThat(parley(mirror())).isZero();

        assertThat(parley(server("verify"))).isZero();
    }

    /// What the new server answers to the master key.
    private JsonNode get(String path) throws IOException {
        var account = new Account(server.url(), StandIn.APP, new MasterKey("newMasterKey"));
        try (RestClient rest = new RestClient(account, Pace.UNHURRIED)) {
            return rest.get(path, Map.of());
        }
    }

    private String[] mirror(String... more) {
        return with(
                more,
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
                "1000");
    }

    @Test
    void a_mirror_brings_over_edits_recalls_and_changes_of_conversations_and_roles() throws Exception {
        long now = System.currentTimeMillis();
        for (String id : List.of("kept", "edited", "recalled"))
            old.addMessage(SampleApp.message(2, now - 60_000, id, 1));
        assertThat(parley(archive("--settle", "0"))).isZero();
        assertThat(parley(server("import", report()))).isZero();

        old.edit("edited", "{\"_lctype\":-1,\"_lctext\":\"better\"}");
        old.edit("recalled", "{\"_lctype\":-127}");
        String later = "2099-01-01T00:00:00.000Z";
        ObjectNode chat = SampleApp.conversation(2).put("name", "renamed").put("updatedAt", later);
        chat.putArray("m").add("Tom").add("Butch");
        chat.putObject("attr").put("alias", "y");
        old.changeRow("_Conversation", chat);
        old.changeRow(
                "_ConversationMemberInfo",
                Lines.object()
                        .put("objectId", "5e0000000000000000000001")
                        .put("cid", SampleApp.id(0))
                        .put("clientId", "Jerry")
                        .put("role", "Member")
                        .put("createdAt", "2019-12-09T08:12:49.475Z")
                        .put("updatedAt", later));
        old.addRow(
                "_ConversationMemberInfo",
                Lines.object()
                        .put("objectId", "5e0000000000000000000002")
                        .put("cid", SampleApp.id(2))
                        .put("clientId", "Butch")
                        .put("role", "Manager")
                        .put("createdAt", later)
                        .put("updatedAt", later));

        assertThat(parley(mirror("--settle", "0"))).isZero();

        JsonNode history = get("/1.2/rtm/conversations/" + SampleApp.id(2) + "/messages?limit=3");
        assertThat(history).hasSize(3);
        assertThat(history.findValuesAsText("data"))
                .anyMatch(data -> data.contains("better"))
                .anyMatch(data -> data.contains("-127"));
        JsonNode row = get("/1.1/classes/_Conversation/" + SampleApp.id(2));
        assertThat(row.path("name").asText()).isEqualTo("renamed");
        assertThat(row.at("/attr/alias").asText()).isEqualTo("y");
        assertThat(row.path("m").toString()).isEqualTo("[\"Tom\",\"Butch\"]");
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
