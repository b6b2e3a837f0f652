package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What clients write to service conversations is a class of rows for the application. Source: semantics 4.4, 10.5.
class SysMessageTest {
    private static final String ROWS = "/1.1/classes/_SysMessage";

    private static ParleyServer.Setup settings() {
        return ParleyServer.with().set("connections.noticeDelay", "0ms");
    }

    private static JsonNode found(Operator operator, String query) throws Exception {
        return operator.done("GET", ROWS + query, "").path("results");
    }

    private static List<String> texts(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path("data").asText())
                .toList();
    }

    private static String where(String condition) {
        return "?where=" + URLEncoder.encode(condition.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    @Test
    void a_message_to_a_service_is_a_row_with_all_that_is_known_of_it() throws Exception {
        try (var server = settings().start();
                var tom = Device.login(server, "Tom")) {
            Operator operator = new Operator(server);
            String desk = operator.service("desk");
            assertThat(found(operator, "")).isEmpty();

            AckCommand ack = tom.send(desk, "help").getAckMessage();

            JsonNode row = found(operator, "").path(0);
            String pointer = "{'__type':'Pointer','className':'_Conversation','objectId':'" + desk + "'}";
            assertThat(row.path("conv").toString()).isEqualTo(pointer.replace('\'', '"'));
            assertThat(row.path("msgId").asText()).isEqualTo(ack.getUid());
            assertThat(row.path("timestamp").longValue()).isEqualTo(ack.getT());
            assertThat(row.path("ackAt").longValue()).isEqualTo(ack.getT());
            assertThat(row.path("from").asText()).isEqualTo("Tom");
            assertThat(row.path("fromIp").asText()).isEqualTo("127.0.0.1");
            assertThat(row.path("bin").isBoolean()).isTrue();
            assertThat(row.path("bin").booleanValue()).isFalse();
            assertThat(row.path("data").asText()).isEqualTo("help");
            assertThat(java.time.Instant.parse(row.path("createdAt").asText()).toEpochMilli())
                    .isEqualTo(ack.getT());
            assertThat(row.path("updatedAt")).isEqualTo(row.path("createdAt"));
            assertThat(operator.done("GET", ROWS + "/" + row.path("objectId").asText(), ""))
                    .isEqualTo(row);
        }
    }

    @Test
    void bytes_are_base64_a_repeated_send_is_one_row_and_what_is_not_stored_is_none() throws Exception {
        try (var server = settings().start();
                var tom = Device.login(server, "Tom")) {
            Operator operator = new Operator(server);
            String desk = operator.service("desk");
            var binary = DirectCommand.newBuilder()
                    .setCid(desk)
                    .setBinaryMsg(ByteString.copyFrom(new byte[] {1, 2, (byte) 0xff}))
                    .setDt("token");
            var passing =
                    DirectCommand.newBuilder().setCid(desk).setMsg("typing").setTransient(true);

            for (var message : List.of(binary, binary, passing))
                tom.ask(GenericCommand.newBuilder().setCmd(CommandType.direct).setDirectMessage(message));

            JsonNode rows = found(operator, "");
            assertThat(texts(rows)).containsExactly("AQL/");
            assertThat(rows.path(0).path("bin").booleanValue()).isTrue();
        }
    }

    @Test
    void rows_are_found_ordered_counted_scanned_changed_and_deleted() throws Exception {
        try (var server = settings().start();
                var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            Operator operator = new Operator(server);
            String desk = operator.service("desk");
            String other = operator.service("other");
            tom.send(desk, "one");
            jerry.send(desk, "two");
            tom.send(other, "three");
            tom.send(desk, "four");

            assertThat(texts(found(operator, "?order=-timestamp&limit=2&skip=1")))
                    .hasSize(2)
                    .doesNotContain("one");
            assertThat(texts(found(operator, where("{'from':'Tom'}") + "&order=createdAt")))
                    .containsExactlyInAnyOrder("one", "three", "four");
            String ofDesk = "{'conv':{'__type':'Pointer','className':'_Conversation','objectId':'" + desk + "'}}";
            assertThat(texts(found(operator, where(ofDesk) + "&order=-createdAt")))
                    .containsExactly("four", "two", "one");
            assertThat(operator.done("GET", ROWS + "?count=1&limit=0", "")
                            .path("count")
                            .asInt())
                    .isEqualTo(4);
            JsonNode scanned = operator.done("GET", "/1.1/scan/classes/_SysMessage?limit=3", "");
            assertThat(scanned.path("results")).hasSize(3);
            assertThat(scanned.path("cursor").asText()).isNotEmpty();

            String id = found(operator, where("{'data':'two'}"))
                    .path(0)
                    .path("objectId")
                    .asText();
            operator.done("PUT", ROWS + "/" + id, "{'answered':true}");
            assertThat(texts(found(operator, where("{'answered':true}")))).containsExactly("two");
            assertThat(operator.call("PUT", ROWS + "/" + id, "{'from':5}")
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(111);
            operator.done("DELETE", ROWS + "/" + id, "");
            assertThat(texts(found(operator, ""))).containsExactlyInAnyOrder("one", "three", "four");
            assertThat(jerry.history(desk)).as("the client keeps its history").hasSize(1);
        }
    }

    @Test
    void only_the_master_key_opens_the_rows_whatever_the_permissions_say() throws Exception {
        try (var server = settings()
                        .set("appDefaults.storage.classPermissions", "_SysMessage:get+find+create+update+delete=all")
                        .start();
                var tom = Device.login(server, "Tom")) {
            Operator operator = new Operator(server);
            tom.send(operator.service("desk"), "in confidence");
            String id = found(operator, "").path(0).path("objectId").asText();
            Operator anybody = new Operator(server, TestApp.KEY);

            for (String call : List.of("GET " + ROWS, "GET " + ROWS + "/" + id, "DELETE " + ROWS + "/" + id))
                assertThat(anybody.call(call.split(" ")[0], call.split(" ")[1], "")
                                .status())
                        .as(call)
                        .isEqualTo(403);
            assertThat(anybody.call("POST", ROWS, "{'data':'x'}").status()).isEqualTo(403);
            assertThat(anybody.call("GET", "/1.1/scan/classes/_SysMessage", "").status())
                    .isEqualTo(403);
            assertThat(found(operator, "")).hasSize(1);
        }
    }

    @Test
    void rows_survive_a_restart_and_hold_no_address_where_the_owner_wants_none() throws Exception {
        try (var server =
                settings().set("appDefaults.retention.senderAddresses", "false").start()) {
            Operator operator = new Operator(server);
            try (var tom = Device.login(server, "Tom")) {
                tom.send(operator.service("desk"), "help");
            }

            server.restart();

            JsonNode rows = found(operator, "");
            assertThat(texts(rows)).containsExactly("help");
            assertThat(rows.path(0).has("fromIp")).isFalse();
        }
    }

    @Test
    void imported_rows_lie_beside_them_once() throws Exception {
        try (var server = settings().start();
                var tom = Device.login(server, "Tom")) {
            Operator operator = new Operator(server);
            String desk = operator.service("desk");
            tom.send(desk, "new");
            String line =
                    "{'objectId':'5e0000000000000000000009','msgId':'abc','from':'Jerry','bin':false,'data':'old',"
                            + "'conv':{'__type':'Pointer','className':'_Conversation','objectId':'" + desk + "'},"
                            + "'timestamp':1575879169475,'createdAt':'2019-12-09T08:12:49.475Z',"
                            + "'updatedAt':'2019-12-09T08:12:49.475Z'}";

            for (int i = 0; i < 2; i++) operator.done("POST", "/x/import/lines/classes/_SysMessage", line);

            assertThat(texts(found(operator, ""))).containsExactly("old", "new");
        }
    }
}
