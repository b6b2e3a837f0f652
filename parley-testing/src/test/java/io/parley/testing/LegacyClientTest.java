package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogItem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the clients of 2016, which speak JSON, may expect.
class LegacyClientTest {
    @RegisterExtension
    final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private static String command(String op, String fields) {
        return "{\"cmd\":\"conv\",\"op\":\"" + op + "\"," + fields + ",\"i\":%d}";
    }

    private static List<JsonNode> found(JsonSocket client, String fields) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        client.ask(command("query", fields)).path("results").forEach(found::add);
        return found;
    }

    @Test
    void others_who_are_listed_and_online_are_put_into_a_new_room() throws Exception {
        try (var tom = new JsonSocket(server.webSocketUrl());
                Device jerry = Device.login(server, "Jerry");
                Device mary = Device.login(server, "Mary")) {
            tom.open("Tom");
            String room = tom.ask(command("start", "\"transient\":true,\"m\":[\"Jerry\",\"Spike\"],\"attr\":{}"))
                    .path("cid")
                    .asText();

            assertThat(jerry.count(room)).isEqualTo(2);
            mary.send(room, "hello in there");
            assertThat(jerry.next().getDirectMessage().getMsg()).isEqualTo("hello in there");
            assertThat(jerry.row(room).path("tr").asBoolean()).isTrue();
            try (Device spike = Device.login(server, "Spike")) {
                assertThat(spike.told()).isEmpty();
                assertThat(jerry.count(room)).as("who was offline is not in it").isEqualTo(2);
            }
        }
    }

    @Test
    void a_room_made_by_a_later_client_takes_its_creator_only() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String room = tom.start(conv -> conv.setTransient(true).addM("Jerry"));
            assertThat(jerry.count(room)).isEqualTo(1);
        }
    }

    @Test
    void the_room_one_is_in_is_among_ones_own_conversations() throws Exception {
        try (var tom = new JsonSocket(server.webSocketUrl());
                Device jerry = Device.login(server, "Jerry")) {
            tom.open("Tom");
            String left = tom.ask(command("start", "\"transient\":true,\"attr\":{}"))
                    .path("cid")
                    .asText();
            String room = tom.ask(command("start", "\"transient\":true,\"attr\":{}"))
                    .path("cid")
                    .asText();
            String chat = jerry.startWith("Tom");
            jerry.send(chat, "first");
            jerry.send(room, "then this");

            assertThat(found(tom, "\"limit\":50"))
                    .extracting(row -> row.path("objectId").asText())
                    .containsExactly(room, chat)
                    .doesNotContain(left);
            assertThat(found(tom, "\"where\":{\"m\":\"Tom\"}"))
                    .extracting(row -> row.path("objectId").asText())
                    .containsExactly(chat);
        }
    }

    @Test
    void later_clients_list_no_room() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            tom.startRoom();
            String chat = tom.startWith("Jerry");
            assertThat(tom.find(query -> {}))
                    .extracting(row -> row.path("objectId").asText())
                    .containsExactly(chat);
        }
    }

    @Test
    void who_was_invited_while_offline_is_in_and_not_told() throws Exception {
        try (Device jerry = Device.login(server, "Jerry");
                var tom = new JsonSocket(server.webSocketUrl())) {
            String chat = jerry.startWith("Tom");
            tom.open("Tom");

            assertThat(found(tom, "\"limit\":10"))
                    .extracting(row -> row.path("objectId").asText())
                    .containsExactly(chat);
            assertThat(tom.told()).isEmpty();
        }
    }

    @Test
    void of_many_missed_messages_the_latest_twenty_are_pushed_oldest_first() throws Exception {
        List<String> said = IntStream.rangeClosed(1, 25).mapToObj(i -> "m" + i).toList();
        try (Device jerry = Device.login(server, "Jerry")) {
            String chat = jerry.startWith("Tom");
            for (String text : said) jerry.send(chat, text);
            jerry.ask(Messages.of(chat, "typing", direct -> direct.setTransient(true)));

            try (var tom = new JsonSocket(server.webSocketUrl());
                    Device old = Device.loginLikeAnOldSdk(server, "Tom")) {
                tom.open("Tom");
                List<JsonNode> told = tom.told();
                assertThat(told)
                        .extracting(message -> message.path("msg").asText())
                        .containsExactlyElementsOf(said.subList(5, 25));
                assertThat(told).allMatch(message -> message.path("offline").asBoolean());
                List<GenericCommand> pushed = old.told();
                assertThat(pushed)
                        .extracting(push -> push.getDirectMessage().getMsg())
                        .containsExactlyElementsOf(said.subList(5, 25));
                assertThat(pushed).allMatch(push -> push.getDirectMessage().getOffline());
                assertThat(jerry.history(chat)).extracting(LogItem::getData).contains("m6", "m25");
            }
        }
    }

    @Test
    void clients_of_both_protocols_talk() throws Exception {
        try (Device jerry = Device.login(server, "Jerry");
                var tom = new JsonSocket(server.webSocketUrl())) {
            tom.open("Tom");
            String chat = jerry.startWith("Tom");
            jerry.told();
            jerry.send(chat, "protobuf");
            tom.ask("{\"cmd\":\"direct\",\"cid\":\"" + chat + "\",\"msg\":\"JSON\",\"i\":%d}");

            assertThat(jerry.messages()).containsExactly("JSON");
            assertThat(tom.told())
                    .extracting(frame -> frame.path("msg").asText(""))
                    .contains("protobuf");
        }
    }
}
