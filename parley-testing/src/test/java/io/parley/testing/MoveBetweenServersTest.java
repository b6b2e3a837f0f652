package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.server.cli.ParleyCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Out of one Parley and into an empty one: both hold the same then, and clients go on.
class MoveBetweenServersTest {
    @TempDir
    Path folder;

    private ParleyServer first;
    private ParleyServer second;
    private Operator operator;

    @BeforeEach
    void start() throws IOException {
        first = server();
        second = server();
        operator = new Operator(first);
        Files.writeString(folder.resolve("key"), TestApp.MASTER_KEY);
    }

    private static ParleyServer server() {
        return ParleyServer.with()
                .set("appDefaults.roles", "true")
                .set("appDefaults.blacklist", "true")
                .start();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private int run(ParleyServer server, String command, String... more) {
        return ParleyCommand.run(Stream.concat(
                        Stream.of(
                                command,
                                "--server",
                                server.url().toString(),
                                "--app-id",
                                TestApp.ID,
                                "--master-key-file",
                                folder.resolve("key").toString()),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    private String archive() {
        return folder.resolve("archive").toString();
    }

    private int move() {
        int archived = run(first, "archive", "--out", archive(), "--calls-per-second", "10000", "--settle", "0");
        if (archived != 0) return archived;
        return run(
                second,
                "import",
                archive(),
                "--report",
                folder.resolve("report").toString());
    }

    private String conversation(String body) throws Exception {
        return operator.done("POST", "/1.2/rtm/conversations", body)
                .path("objectId")
                .asText();
    }

    private JsonNode send(String conversation, String text) throws Exception {
        return operator.done(
                "POST",
                "/1.2/rtm/conversations/" + conversation + "/messages",
                "{'from_client':'Tom','message':'" + text + "'}");
    }

    private static List<String> texts(Operator operator, String path) throws Exception {
        JsonNode page = operator.done("GET", path + "?limit=1000", "");
        return StreamSupport.stream(page.spliterator(), false)
                .map(item -> item.path("msg-id").asText() + " " + item.path("timestamp") + " " + item.path("data"))
                .toList();
    }

    @Test
    void an_archive_of_one_server_makes_an_equal_one_of_the_other() throws Exception {
        String chat =
                conversation("{'m':['Tom','Jerry'],'c':'Tom','name':'TestConv','attr':{'a':[1,2.50]},'own':true}");
        String unique = conversation("{'m':['Tom','Spike'],'unique':true}");
        for (int i = 0; i < 25; i++) send(i % 3 == 0 ? unique : chat, "message " + i);
        String base = "/1.2/rtm/conversations/" + chat;
        operator.done("POST", base + "/permanent-silenceds", "{'client_ids':['Jerry']}");
        operator.done("POST", base + "/blacklists", "{'client_ids':['Butch']}");
        operator.done("POST", base + "/member-infos", "{'clientId':'Jerry','role':'Manager'}");
        operator.done("POST", base + "/mutes", "{'client_ids':['Jerry']}");
        String news = operator.service("news");
        operator.done("POST", "/1.2/rtm/service-conversations/" + news + "/subscribers", "{'client_id':'Tom'}");
        operator.done(
                "POST",
                "/1.2/rtm/service-conversations/" + news + "/broadcasts",
                "{'from_client':'editor','message':'extra'}");

        assertThat(move()).isZero();

        assertThat(run(first, "verify", archive()))
                .as("the server it came from")
                .isZero();
        assertThat(run(second, "verify", archive())).as("the server it went to").isZero();
        Operator there = new Operator(second);
        for (String id : List.of(chat, unique))
            assertThat(texts(there, "/1.2/rtm/conversations/" + id + "/messages"))
                    .isEqualTo(texts(operator, "/1.2/rtm/conversations/" + id + "/messages"))
                    .isNotEmpty();
        assertThat(texts(there, "/1.2/rtm/service-conversations/" + news + "/subscribers/Tom/messages"))
                .hasSize(1);
        assertThat(there.done("POST", "/1.2/rtm/conversations", "{'m':['Spike','Tom'],'unique':true}")
                        .path("objectId")
                        .asText())
                .as("the unique conversation is found again")
                .isEqualTo(unique);
    }

    @Test
    void what_clients_wrote_to_a_service_comes_along_as_rows_once() throws Exception {
        String desk = operator.service("desk");
        try (var tom = Device.login(first, "Tom")) {
            tom.send(desk, "help");
        }

        assertThat(move()).isZero();
        assertThat(move()).isZero();

        JsonNode rows = operator.done("GET", "/1.1/classes/_SysMessage", "").path("results");
        assertThat(rows).hasSize(1);
        assertThat(new Operator(second)
                        .done("GET", "/1.1/classes/_SysMessage", "")
                        .path("results"))
                .isEqualTo(rows);
        assertThat(run(second, "verify", archive())).isZero();
    }

    @Test
    void users_log_in_with_their_old_passwords() throws Exception {
        var made = operator.call("POST", "/1.1/users", "{'username':'tom','password':'cheese','age':3}");
        assertThat(made.status()).isEqualTo(201);

        assertThat(move()).isZero();

        assertThat(run(second, "verify", archive())).isZero();
        JsonNode user = new Operator(second).done("POST", "/1.1/login", "{'username':'tom','password':'cheese'}");
        assertThat(user.path("objectId")).isEqualTo(made.body().path("objectId"));
        assertThat(user.path("age").asInt()).isEqualTo(3);
    }

    @Test
    void what_is_written_on_the_second_server_follows_what_came_along() throws Exception {
        String chat = conversation("{'m':['Tom','Jerry']}");
        send(chat, "there");
        assertThat(move()).isZero();

        Operator there = new Operator(second);
        there.done("POST", "/1.2/rtm/conversations/" + chat + "/messages", "{'from_client':'Tom','message':'here'}");
        send(chat, "late, on the old side");
        assertThat(move()).isZero();

        JsonNode page = there.done("GET", "/1.2/rtm/conversations/" + chat + "/messages", "");
        assertThat(StreamSupport.stream(page.spliterator(), false)
                        .map(item -> item.path("data").asText()))
                .containsExactlyInAnyOrder("there", "here", "late, on the old side");
    }
}
