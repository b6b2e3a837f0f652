package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.PatchCommand;
import io.parley.protocol.proto.PatchItem;
import io.parley.protocol.proto.ReadCommand;
import io.parley.protocol.proto.ReadTuple;
import io.parley.protocol.proto.UnreadTuple;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Messages between the application and the clients of a service conversation. Source: semantics 4.4, rest 8.
class ServiceMessageTest {
    @RegisterExtension
    static final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private static int tests;

    private final Operator operator = new Operator(server);

    // Names of this test alone: the server is shared.
    private String news;
    private String path;
    private String tom;
    private String jerry;

    @BeforeEach
    void a_service() throws Exception {
        tests++;
        tom = "Tom" + tests;
        jerry = "Jerry" + tests;
        news = operator.service("news");
        path = "/1.2/rtm/service-conversations/" + news;
    }

    private void subscribe(String client) throws Exception {
        operator.done("POST", path + "/subscribers", "{'client_id':'" + client + "'}");
    }

    private JsonNode toSubscribers(String text) throws Exception {
        return operator.done("POST", path + "/broadcasts", "{'from_client':'desk','message':'" + text + "'}");
    }

    private JsonNode to(String client, String text) throws Exception {
        return operator.done(
                "POST",
                path + "/messages",
                "{'from_client':'desk','message':'" + text + "','to_clients':['" + client + "']}");
    }

    private List<String> history(Device device) throws Exception {
        return logs(device).getLogsList().stream().map(LogItem::getData).toList();
    }

    private LogsCommand logs(Device device) throws Exception {
        return device.ask(GenericCommand.newBuilder()
                        .setCmd(CommandType.logs)
                        .setLogsMessage(LogsCommand.newBuilder().setCid(news).setLimit(20)))
                .getLogsMessage();
    }

    @Test
    void a_message_to_subscribers_reaches_them_on_all_devices_and_nobody_else() throws Exception {
        subscribe(tom);
        try (var phone = Device.login(server, tom);
                var laptop = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            JsonNode sent = toSubscribers("extra");

            DirectCommand direct = phone.next().getDirectMessage();
            assertThat(direct.getCid()).isEqualTo(news);
            assertThat(direct.getMsg()).isEqualTo("extra");
            assertThat(direct.getFromPeerId()).isEqualTo("desk");
            assertThat(direct.getConvType()).isEqualTo(3);
            assertThat(direct.getId()).isEqualTo(sent.path("msg-id").asText());
            assertThat(direct.getTimestamp()).isEqualTo(sent.path("timestamp").asLong());
            assertThat(sent.path("result").path("msg-id")).isEqualTo(sent.path("msg-id"));
            assertThat(laptop.messages()).containsExactly("extra");
            assertThat(other.told()).isEmpty();
            assertThat(history(other)).isEmpty();
            assertThat(logs(phone).getLogs(0).getConvType()).isEqualTo(3);

            phone.conversation(OpType.remove, conv -> conv.setCid(news).addM(tom));
            toSubscribers("after Tom left");
            assertThat(phone.told()).isEmpty();
        }
    }

    @Test
    void a_message_to_some_reaches_them_alone() throws Exception {
        subscribe(jerry);
        try (var one = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            to(tom, "for you");

            assertThat(one.messages()).containsExactly("for you");
            assertThat(other.told()).isEmpty();
            assertThat(history(one)).containsExactly("for you");
            assertThat(history(other)).isEmpty();
        }
    }

    @Test
    void what_came_while_a_client_was_away_is_unread_until_one_of_its_devices_reads() throws Exception {
        subscribe(tom);
        toSubscribers("one");
        JsonNode last = to(tom, "two");
        to(jerry, "not for Tom");
        try (var phone = Device.login(server, tom);
                var laptop = Device.login(server, tom)) {
            UnreadTuple unread = phone.next().getUnreadMessage().getConvs(0);
            assertThat(unread.getCid()).isEqualTo(news);
            assertThat(unread.getUnread()).isEqualTo(2);
            assertThat(unread.getConvType()).isEqualTo(3);
            assertThat(unread.getData()).isEqualTo("two");
            assertThat(unread.getMid()).isEqualTo(last.path("msg-id").asText());
            laptop.next();

            phone.tell(GenericCommand.newBuilder()
                    .setCmd(CommandType.read)
                    .setReadMessage(ReadCommand.newBuilder()
                            .addConvs(ReadTuple.newBuilder().setCid(news).setTimestamp(unread.getTimestamp()))));

            for (Device device : List.of(phone, laptop)) {
                UnreadTuple read = device.next().getUnreadMessage().getConvs(0);
                assertThat(read.getUnread()).isZero();
                assertThat(read.getData()).isEqualTo("two");
            }
        }
        try (var again = Device.login(server, tom)) {
            assertThat(again.told()).isEmpty();
        }
    }

    @Test
    void old_sdks_get_the_messages_themselves_until_they_acknowledge() throws Exception {
        subscribe(tom);
        toSubscribers("one");
        to(tom, "two");
        long last = 0;
        try (var phone = Device.loginLikeAnOldSdk(server, tom)) {
            for (String text : List.of("one", "two")) {
                DirectCommand direct = phone.next().getDirectMessage();
                assertThat(direct.getMsg()).isEqualTo(text);
                assertThat(direct.getOffline()).isTrue();
                assertThat(direct.getConvType()).isEqualTo(3);
                last = direct.getTimestamp();
            }
            phone.tell(GenericCommand.newBuilder()
                    .setCmd(CommandType.ack)
                    .setAckMessage(AckCommand.newBuilder().setCid(news).setTots(last)));
            phone.told();
        }
        try (var again = Device.loginLikeAnOldSdk(server, tom)) {
            assertThat(again.told()).isEmpty();
        }
    }

    @Test
    void what_a_client_writes_is_stored_and_reaches_its_own_other_devices_only() throws Exception {
        subscribe(jerry);
        try (var phone = Device.login(server, tom);
                var laptop = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            AckCommand ack = phone.send(news, "help").getAckMessage();

            assertThat(ack.hasCode()).isFalse();
            assertThat(laptop.next().getDirectMessage().getId()).isEqualTo(ack.getUid());
            assertThat(phone.told()).isEmpty();
            assertThat(other.told()).isEmpty();
            assertThat(history(phone)).containsExactly("help");
            JsonNode seen = operator.done("GET", path + "/subscribers/" + tom + "/messages", "");
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0).path("from").asText()).isEqualTo(tom);
            assertThat(seen.get(0).path("msg-id").asText()).isEqualTo(ack.getUid());
        }
        try (var again = Device.login(server, tom)) {
            assertThat(again.told()).isEmpty();
        }
    }

    @Test
    void a_client_edits_what_it_wrote_and_nothing_that_was_written_in_its_name() throws Exception {
        subscribe(jerry);
        JsonNode inHisName =
                operator.done("POST", path + "/broadcasts", "{'from_client':'" + tom + "','message':'said the desk'}");
        try (var phone = Device.login(server, tom);
                var laptop = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            other.told();
            AckCommand own = phone.send(news, "hlep").getAckMessage();
            laptop.next();

            GenericCommand edited = phone.ask(edit(own.getUid(), own.getT(), "help"));
            GenericCommand refused = phone.ask(edit(
                    inHisName.path("msg-id").asText(),
                    inHisName.path("timestamp").asLong(),
                    "forged"));

            assertThat(edited.getOp()).isEqualTo(OpType.modified);
            assertThat(refused.getErrorMessage().getCode()).isEqualTo(4404);
            assertThat(laptop.next().getPatchMessage().getPatches(0).getData()).isEqualTo("help");
            assertThat(other.told()).isEmpty();
            assertThat(history(other)).containsExactly("said the desk");
        }
    }

    private GenericCommand.Builder edit(String message, long timestamp, String text) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.patch)
                .setOp(OpType.modify)
                .setPatchMessage(PatchCommand.newBuilder()
                        .addPatches(PatchItem.newBuilder()
                                .setCid(news)
                                .setMid(message)
                                .setTimestamp(timestamp)
                                .setRecall(false)
                                .setData(text)));
    }

    @Test
    void the_application_edits_and_recalls_what_it_wrote() throws Exception {
        subscribe(tom);
        try (var phone = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            JsonNode toAll = toSubscribers("tpyo");
            JsonNode toOne = to(jerry, "secret");
            phone.told();
            other.told();
            String edit = "{'from_client':'desk','message':'typo','timestamp':%d}"
                    .formatted(toAll.path("timestamp").asLong());
            String recall = "{'from_client':'desk','timestamp':%d,'to_clients':['%s']}"
                    .formatted(toOne.path("timestamp").asLong(), jerry);

            operator.done("PUT", path + "/messages/" + toAll.path("msg-id").asText(), edit);
            operator.done("PUT", path + "/messages/" + toOne.path("msg-id").asText() + "/recall", recall);

            assertThat(phone.next().getPatchMessage().getPatches(0).getData()).isEqualTo("typo");
            PatchItem recalled = other.next().getPatchMessage().getPatches(0);
            assertThat(recalled.getRecall()).isTrue();
            assertThat(history(other)).containsExactly("{\"_lctype\":-127}");
            assertThat(phone.told()).isEmpty();
            assertThat(other.told()).isEmpty();
            String stranger = edit.replace("desk", "stranger");
            assertThat(operator.call(
                                    "PUT",
                                    path + "/messages/" + toAll.path("msg-id").asText(),
                                    stranger)
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(4403);
            String forTom = recall.replace(jerry, tom);
            assertThat(operator.call(
                                    "PUT",
                                    path + "/messages/" + toOne.path("msg-id").asText() + "/recall",
                                    forTom)
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(4404);
        }
    }

    @Test
    void the_application_reads_what_one_client_sees_newest_first() throws Exception {
        subscribe(tom);
        toSubscribers("one");
        JsonNode middle = to(tom, "two");
        toSubscribers("three");
        to(jerry, "not for Tom");
        String messages = path + "/subscribers/" + tom + "/messages";

        assertThat(data(operator.done("GET", messages, ""))).containsExactly("three", "two", "one");
        assertThat(data(operator.done("GET", messages + "?reversed=true&limit=2", "")))
                .containsExactly("one", "two");
        String point = "timestamp=" + middle.path("timestamp").asLong() + "&msgid="
                + middle.path("msg-id").asText();
        assertThat(data(operator.done("GET", messages + "?" + point, ""))).containsExactly("one");
        assertThat(data(operator.done("GET", messages + "?include_start=true&" + point, "")))
                .containsExactly("two", "one");
        assertThat(data(operator.done("GET", messages + "?till_" + point.replace("&", "&till_"), "")))
                .containsExactly("three");
        JsonNode item = operator.done("GET", messages + "?include_start=1&limit=1&" + point, "")
                .get(0);
        assertThat(item.fieldNames())
                .toIterable()
                .contains(
                        "timestamp", "conv-id", "to", "data", "from", "msg-id", "is-conv", "is-room", "bin", "from-ip");
        assertThat(item.path("to").asText()).isEqualTo(news);
    }

    private static List<String> data(JsonNode items) {
        return items.findValuesAsText("data");
    }

    @Test
    void transient_messages_are_for_those_who_are_here() throws Exception {
        try (var phone = Device.login(server, tom)) {
            operator.done(
                    "POST",
                    path + "/messages",
                    "{'from_client':'desk','message':'now','to_clients':['" + tom + "'],'transient':true}");

            DirectCommand direct = phone.next().getDirectMessage();
            assertThat(direct.getMsg()).isEqualTo("now");
            assertThat(direct.getTransient()).isTrue();
            assertThat(history(phone)).isEmpty();
        }
    }

    @Test
    void what_cannot_be_sent_is_refused() throws Exception {
        for (String body : List.of(
                "{'from_client':'desk','message':'x'}",
                "{'from_client':'desk','message':'x','to_clients':[]}",
                "{'from_client':'desk','message':'x','to_clients':'Tom'}",
                "{'from_client':'desk','message':'x','to_clients':[1]}",
                "{'from_client':'desk','to_clients':['Tom']}",
                "{'message':'x','to_clients':['Tom']}")) {
            var answer = operator.call("POST", path + "/messages", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.body().path("code").asInt()).as(body).isEqualTo(1);
        }
        var large = operator.call(
                "POST", path + "/broadcasts", "{'from_client':'desk','message':'" + "x".repeat(5121) + "'}");
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.body().path("code").asInt()).isEqualTo(4109);
    }

    @Test
    void a_will_for_a_service_is_refused() throws Exception {
        try (var phone = Device.login(server, tom)) {
            AckCommand ack = phone.ask(GenericCommand.newBuilder()
                            .setCmd(CommandType.direct)
                            .setDirectMessage(DirectCommand.newBuilder()
                                    .setCid(news)
                                    .setMsg("x")
                                    .setWill(true)))
                    .getAckMessage();

            assertThat(ack.getCode()).isEqualTo(4308);
        }
    }
}
