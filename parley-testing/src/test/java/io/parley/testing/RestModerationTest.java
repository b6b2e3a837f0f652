package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Silence, blacklists, roles and forced logout by the application's server. Source: rest 6, 8, 9.
class RestModerationTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("connections.noticeDelay", "0ms")
            .set("appDefaults.roles", "true")
            .set("appDefaults.blacklist", "true")
            .create();

    private static int tests;

    private final Operator operator = new Operator(server);
    private String tom;
    private String jerry;
    private String chat;
    private String path;

    @BeforeEach
    void a_chat() throws Exception {
        tests++;
        tom = "Tom" + tests;
        jerry = "Jerry" + tests;
        chat = operator.done(
                        "POST", "/1.2/rtm/conversations", "{'m':['" + tom + "','" + jerry + "'],'c':'" + tom + "'}")
                .path("objectId")
                .asText();
        path = "/1.2/rtm/conversations/" + chat;
    }

    private int codeOfSend(Device device, String conversation) throws Exception {
        AckCommand ack = device.send(conversation, "may I?").getAckMessage();
        return ack.hasCode() ? ack.getCode() : 0;
    }

    @Test
    void silence_for_some_time_is_told_to_nobody_and_ends_by_itself_or_by_the_application() throws Exception {
        try (var device = Device.login(server, jerry)) {
            operator.done("POST", path + "/temporary-silenceds", "{'client_id':'" + jerry + "','ttl':3600}");
            assertThat(device.told()).isEmpty();
            assertThat(codeOfSend(device, chat)).isEqualTo(4315);
            operator.done("DELETE", path + "/temporary-silenceds?client_id=" + jerry, "");
            assertThat(codeOfSend(device, chat)).isZero();
            operator.done(
                    "POST",
                    "/1.1/rtm/conversation/blacklist",
                    "{'client_id':'" + jerry + "','conv_id':'" + chat + "','ttl':999999}");
            assertThat(codeOfSend(device, chat)).isEqualTo(4315);
            operator.done("DELETE", "/1.1/rtm/conversation/blacklist?client_id=" + jerry + "&conv_id=" + chat, "");
            assertThat(codeOfSend(device, chat)).isZero();
        }
    }

    @Test
    void silence_for_some_time_outlives_a_restart() throws Exception {
        try (var own = ParleyServer.start()) {
            Operator owner = new Operator(own);
            String room = owner.done("POST", "/1.2/rtm/chatrooms", "{}")
                    .path("objectId")
                    .asText();
            owner.done("POST", "/1.2/rtm/chatrooms/" + room + "/temporary-silenceds", "{'client_id':'Jerry','ttl':60}");
            own.restart();
            try (var device = Device.login(own, "Jerry")) {
                assertThat(codeOfSend(device, room)).isEqualTo(4315);
            }
        }
    }

    @Test
    void lasting_silence_is_told_and_listed_in_pages() throws Exception {
        String silenced = path + "/permanent-silenceds";
        try (var device = Device.login(server, jerry)) {
            operator.done("POST", silenced, "{'client_ids':['" + jerry + "','" + tom + "','third']}");
            GenericCommand told = device.next();
            assertThat(told.getOp()).isEqualTo(OpType.shutuped);
            assertThat(told.getConvMessage().getInitBy()).isEmpty();
            assertThat(codeOfSend(device, chat)).isEqualTo(4563);
            JsonNode first = operator.done("GET", silenced + "?limit=2", "");
            assertThat(first.path("client_ids").valueStream().map(JsonNode::asText))
                    .containsExactly(jerry, tom);
            JsonNode last = operator.done(
                    "GET", silenced + "?limit=2&next=" + first.path("next").asText(), "");
            assertThat(last.path("client_ids").valueStream().map(JsonNode::asText))
                    .containsExactly("third");
            assertThat(last.has("next")).isFalse();
            operator.done("DELETE", silenced, "{'client_ids':['" + jerry + "']}");
            assertThat(codeOfSend(device, chat)).isZero();
        }
    }

    @Test
    void blocked_clients_are_out_and_stay_out() throws Exception {
        try (var device = Device.login(server, jerry)) {
            operator.done("POST", path + "/blacklists", "{'client_ids':['" + jerry + "']}");
            assertThat(device.told().stream().map(GenericCommand::getOp)).contains(OpType.blocked, OpType.left);
            Operator.Answer refused = operator.call("POST", path + "/members", "{'client_ids':['" + jerry + "']}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("code").asInt()).isEqualTo(4548);
            assertThat(operator.done("GET", path + "/blacklists", "")
                            .path("client_ids")
                            .get(0)
                            .asText())
                    .isEqualTo(jerry);
            operator.done("DELETE", path + "/blacklists", "{'client_ids':['" + jerry + "']}");
            operator.done("POST", path + "/members", "{'client_ids':['" + jerry + "']}");
        }
    }

    @Test
    void a_service_conversation_keeps_out_whom_the_application_names() throws Exception {
        String news = operator.service("news");
        String service = "/1.2/rtm/service-conversations/" + news;
        operator.done("POST", service + "/subscribers", "{'client_id':'" + jerry + "'}");
        operator.done("POST", service + "/blacklists", "{'client_ids':['" + jerry + "']}");
        assertThat(operator.done("GET", service + "/subscribers/count", "")
                        .path("count")
                        .asInt())
                .isZero();
        try (var device = Device.login(server, jerry)) {
            GenericCommand refused =
                    device.conversation(OpType.add, conv -> conv.setCid(news).addM(jerry));
            assertThat(refused.getErrorMessage().getCode()).isEqualTo(4548);
        }
        assertThat(operator.done("GET", service + "/blacklists", "").path("client_ids"))
                .hasSize(1);
        operator.done("DELETE", service + "/blacklists", "{'client_ids':['" + jerry + "']}");
        operator.done("POST", service + "/subscribers", "{'client_id':'" + jerry + "'}");
    }

    @Test
    void roles_are_given_changed_listed_and_taken() throws Exception {
        String infos = path + "/member-infos";
        String info = operator.done("POST", infos, "{'clientId':'" + jerry + "','role':'Manager'}")
                .path("objectId")
                .asText();
        JsonNode row = operator.done("GET", infos, "").path("results").get(0);
        assertThat(row.path("objectId").asText()).isEqualTo(info).matches("[0-9a-f]{24}");
        assertThat(row.path("clientId").asText()).isEqualTo(jerry);
        assertThat(row.path("role").asText()).isEqualTo("Manager");
        assertThat(operator.done("GET", infos + "?role=Owner", "").path("results"))
                .isEmpty();
        operator.done("PUT", infos + "/" + info, "{'role':'Owner'}");
        assertThat(operator.done("GET", infos + "?role=Owner", "").path("results"))
                .hasSize(1);
        operator.done("DELETE", infos + "/" + info, "");
        assertThat(operator.done("GET", infos, "").path("results")).isEmpty();
        assertThat(operator.call("POST", infos, "{'clientId':'" + jerry + "','role':'King'}")
                        .body()
                        .path("code")
                        .asInt())
                .isEqualTo(4321);
    }

    @Test
    void a_kicked_client_is_told_why_on_every_device_and_its_session_tokens_are_void() throws Exception {
        try (var phone = Device.login(server, tom);
                var laptop = Device.login(server, tom)) {
            String token = phone.token();
            operator.done(
                    "POST", "/1.2/rtm/clients/" + tom + "/kick", "{'reason':'a reason of more than twenty letters'}");
            for (Device device : List.of(phone, laptop)) {
                GenericCommand closed = device.next();
                assertThat(closed.getOp()).isEqualTo(OpType.closed);
                assertThat(closed.getSessionMessage().getCode()).isEqualTo(4115);
                assertThat(closed.getSessionMessage().getReason()).isEqualTo("a reason of more tha");
            }
            JsonNode online = operator.done(
                    "POST", "/1.2/rtm/clients/check-online", "{'client_ids':['" + tom + "','" + jerry + "']}");
            assertThat(online.path("results")).isEmpty();
            Operator.Answer refused = new Operator(server, TestApp.KEY)
                    .withSession(token)
                    .call("GET", "/1.1/rtm/notifications?client_id=" + tom + "&start_ts=0", "");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body().path("code").asInt()).isEqualTo(4112);
        }
        try (var again = Device.login(server, tom)) {
            JsonNode online = operator.done("POST", "/1.1/rtm/online", "{'peers':['" + tom + "','" + jerry + "']}");
            assertThat(online.path("results").valueStream().map(JsonNode::asText))
                    .containsExactly(tom);
            assertThat(again.told()).isEmpty();
        }
        operator.done("POST", "/1.1/rtm/client/kick", "{'client_id':'nobody','reason':'x'}");
    }

    @Test
    void clients_are_counted_now_and_today() throws Exception {
        try (var own = ParleyServer.start()) {
            Operator owner = new Operator(own);
            Device.login(own, "Jerry").close();
            try (var phone = Device.login(own, "Tom");
                    var laptop = Device.login(own, "Tom")) {
                phone.told();
                laptop.told();
                JsonNode result = owner.done("GET", "/1.2/rtm/stats", "").path("result");
                assertThat(result.path("user_count_today").asInt()).isEqualTo(2);
                org.awaitility.Awaitility.await()
                        .untilAsserted(() -> assertThat(owner.done("GET", "/1.2/rtm/stats", "")
                                        .path("result")
                                        .path("online_user_count")
                                        .asInt())
                                .isEqualTo(1));
            }
        }
    }
}
