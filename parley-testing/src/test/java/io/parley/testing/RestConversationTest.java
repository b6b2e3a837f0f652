package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Conversations and their members, as the application's server handles them. Source: rest 6, 7, 13.
class RestConversationTest {
    private static final String CONVERSATIONS = "/1.2/rtm/conversations";

    @RegisterExtension
    static final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private static int tests;

    private final Operator operator = new Operator(server);

    // Names of this test alone: the server is shared.
    private String tom;
    private String jerry;
    private String mary;

    @BeforeEach
    void names() {
        tests++;
        tom = "Tom" + tests;
        jerry = "Jerry" + tests;
        mary = "Mary" + tests;
    }

    private String chat(String... members) throws Exception {
        return operator.done("POST", CONVERSATIONS, "{'m':['" + String.join("','", members) + "']}")
                .path("objectId")
                .asText();
    }

    private List<String> names(String path) throws Exception {
        return operator.done("GET", path, "")
                .path("result")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private static String encoded(String json) {
        return URLEncoder.encode(json.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    @Test
    void a_unique_conversation_is_made_once_and_named_by_its_members() throws Exception {
        String body =
                "{'name':'My First Conversation','m':['" + tom + "','" + jerry + "'],'unique':true,'mood':'good'}";

        JsonNode made = operator.done("POST", CONVERSATIONS, body);
        JsonNode again = operator.done("POST", CONVERSATIONS, body.replace("First", "Second"));

        assertThat(made.path("unique").asBoolean()).isTrue();
        assertThat(made.path("name").asText()).isEqualTo("My First Conversation");
        assertThat(made.path("mood").asText()).isEqualTo("good");
        assertThat(made.path("m").valueStream().map(JsonNode::asText)).containsExactly(tom, jerry);
        assertThat(made.path("uniqueId").asText()).isEqualTo(md5(jerry + tom));
        assertThat(made.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(made.has("updatedAt")).isTrue();
        assertThat(made.has("c")).isFalse();
        assertThat(again).isEqualTo(made);
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void members_are_told_who_comes_and_goes_and_that_nobody_but_the_application_did_it() throws Exception {
        String chat = chat(tom);
        try (var phone = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            JsonNode added =
                    operator.done("POST", CONVERSATIONS + "/" + chat + "/members", "{'client_ids':['" + jerry + "']}");

            ConvCommand joined = phone.next().getConvMessage();
            assertThat(joined.getMList()).containsExactly(jerry);
            assertThat(joined.getInitBy()).isEmpty();
            assertThat(joined.getUdate()).isEqualTo(added.path("updatedAt").asText());
            assertThat(added.path("objectId").asText()).isEqualTo(chat);
            assertThat(other.next().getOp()).isEqualTo(OpType.joined);
            assertThat(other.next().getOp()).isEqualTo(OpType.members_joined);
            assertThat(names(CONVERSATIONS + "/" + chat + "/members")).containsExactly(tom, jerry);

            operator.done("DELETE", CONVERSATIONS + "/" + chat + "/members", "{'client_ids':['" + jerry + "']}");

            GenericCommand left = other.next();
            assertThat(left.getOp()).isEqualTo(OpType.left);
            assertThat(left.getConvMessage().getInitBy()).isEmpty();
            assertThat(phone.next().getOp()).isEqualTo(OpType.members_left);
            assertThat(names(CONVERSATIONS + "/" + chat + "/members")).containsExactly(tom);
        }
    }

    @Test
    void changed_columns_are_told_and_protected_ones_left_alone() throws Exception {
        String chat = chat(tom);
        try (var phone = Device.login(server, tom)) {
            JsonNode answer = operator.done(
                    "PUT",
                    CONVERSATIONS + "/" + chat,
                    "{'name':'new','m':['" + jerry + "'],'attr.level':2,'sys':true}");

            GenericCommand updated = phone.next();
            assertThat(updated.getOp()).isEqualTo(OpType.updated);
            assertThat(updated.getConvMessage().getInitBy()).isEmpty();
            assertThat(updated.getConvMessage().getUdate())
                    .isEqualTo(answer.path("updatedAt").asText());
        }
        JsonNode row = operator.done("GET", CONVERSATIONS + "?where=" + encoded("{'objectId':'" + chat + "'}"), "")
                .path("results")
                .get(0);
        assertThat(row.path("name").asText()).isEqualTo("new");
        assertThat(row.path("attr").path("level").asInt()).isEqualTo(2);
        assertThat(row.path("sys").asBoolean()).isFalse();
        assertThat(row.path("m").valueStream().map(JsonNode::asText)).containsExactly(tom);
        assertThat(row.has("conv_type")).isFalse();
    }

    @Test
    void members_who_want_no_push_are_listed_and_nobody_is_told() throws Exception {
        String chat = chat(tom, jerry);
        String mutes = CONVERSATIONS + "/" + chat + "/mutes";
        try (var phone = Device.login(server, tom)) {
            operator.done("POST", mutes, "{'client_ids':['" + tom + "','stranger']}");
            assertThat(names(mutes)).containsExactly(tom);
            operator.done("DELETE", mutes, "{'client_ids':['" + tom + "']}");
            assertThat(names(mutes)).isEmpty();
            assertThat(phone.told()).isEmpty();
        }
    }

    @Test
    void each_kind_is_found_under_its_own_path_and_all_of_them_together() throws Exception {
        String mark = "kinds" + tests;
        String chat = made(CONVERSATIONS, mark);
        String room = made("/1.2/rtm/chatrooms", mark);
        String service = made("/1.2/rtm/service-conversations", mark);
        String where = "?where=" + encoded("{'name':'" + mark + "'}");

        assertThat(ids(CONVERSATIONS + where)).containsExactly(chat);
        assertThat(ids("/1.2/rtm/chatrooms" + where)).containsExactly(room);
        assertThat(ids("/1.2/rtm/service-conversations" + where)).containsExactly(service);
        assertThat(ids("/1.2/rtm/all-conversations" + where + "&order=createdAt"))
                .containsExactly(chat, room, service);
        assertThat(ids("/1.2/rtm/all-conversations" + where + "&order=-createdAt&skip=1&limit=1"))
                .containsExactly(room);
        JsonNode counted = operator.done("GET", "/1.2/rtm/all-conversations" + where + "&count=1&limit=0", "");
        assertThat(counted.path("results")).isEmpty();
        assertThat(counted.path("count").asInt()).isEqualTo(3);

        for (String path : List.of(
                CONVERSATIONS + "/" + chat, "/1.2/rtm/chatrooms/" + room, "/1.2/rtm/service-conversations/" + service))
            assertThat(operator.done("DELETE", path, "")).isEmpty();
        assertThat(ids("/1.2/rtm/all-conversations" + where)).isEmpty();
    }

    private String made(String base, String name) throws Exception {
        return operator.done("POST", base, "{'name':'" + name + "'}")
                .path("objectId")
                .asText();
    }

    private List<String> ids(String path) throws Exception {
        return operator.done("GET", path, "").path("results").findValuesAsText("objectId");
    }

    @Test
    void who_does_not_want_to_be_brought_in_is_not_but_may_come() throws Exception {
        try (var blacklists =
                ParleyServer.with().set("appDefaults.blacklist", "true").start()) {
            Operator owner = new Operator(blacklists);
            String chat = owner.done("POST", CONVERSATIONS, "{'m':['Tom']}")
                    .path("objectId")
                    .asText();
            owner.done("POST", "/1.2/rtm/clients/Jerry/blacklists", "{'conv_id':'" + chat + "'}");

            assertThat(owner.done("GET", "/1.2/rtm/clients/Jerry/blacklists", "")
                            .path("conv_ids")
                            .get(0)
                            .asText())
                    .isEqualTo(chat);
            assertThat(owner.call("POST", CONVERSATIONS + "/" + chat + "/members", "{'client_ids':['Jerry']}")
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(4548);
            try (var device = Device.login(blacklists, "Jerry")) {
                assertThat(device.conversation(
                                        OpType.add, conv -> conv.setCid(chat).addM("Jerry"))
                                .getOp())
                        .isEqualTo(OpType.added);
            }
            owner.done("DELETE", "/1.2/rtm/clients/Jerry/blacklists", "{'conv_id':'" + chat + "'}");
            assertThat(owner.done("GET", "/1.2/rtm/clients/Jerry/blacklists", "")
                            .path("conv_ids"))
                    .isEmpty();
        }
    }

    @Test
    void rows_of_the_class_take_effect_at_once_and_tell_nobody() throws Exception {
        try (var phone = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            Operator.Answer made =
                    operator.call("POST", "/1.1/classes/_Conversation", "{'name':'old','m':['" + tom + "'],'level':1}");
            String id = made.body().path("objectId").asText();
            String row = "/1.1/classes/_Conversation/" + id;
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.body().has("createdAt")).isTrue();

            operator.done("PUT", row, "{'m':{'__op':'AddUnique','objects':['" + jerry + "','" + tom + "']}}");
            operator.done("PUT", row, "{'level':{'__op':'Increment','amount':2}}");
            assertThat(phone.send(id, "hello").getAckMessage().hasCode()).isFalse();
            assertThat(other.messages()).containsExactly("hello");

            JsonNode read = operator.done("GET", row, "");
            assertThat(read.path("level").asInt()).isEqualTo(3);
            assertThat(read.path("m").valueStream().map(JsonNode::asText)).containsExactly(tom, jerry);
            assertThat(read.path("lm").path("__type").asText()).isEqualTo("Date");
            assertThat(read.path("mu").isArray()).isTrue();
            assertThat(operator.done("GET", row + "?keys=name", "").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("name", "objectId", "createdAt", "updatedAt");

            operator.done("PUT", row, "{'m':{'__op':'Remove','objects':['" + jerry + "']}}");
            assertThat(phone.send(id, "alone").getAckMessage().hasCode()).isFalse();
            assertThat(other.told()).isEmpty();
            assertThat(phone.told()).isEmpty();
        }
    }

    @Test
    void rows_are_changed_under_a_condition_and_missing_ones_are_empty() throws Exception {
        String row = "/1.1/classes/_Conversation/" + chat(tom);
        operator.done("PUT", row, "{'level':1}");

        assertThat(operator.call("PUT", row + "?where=" + encoded("{'level':2}"), "{'level':3}")
                        .body()
                        .path("code")
                        .asInt())
                .isEqualTo(305);
        JsonNode changed =
                operator.done("PUT", row + "?fetchWhenSave=true&where=" + encoded("{'level':1}"), "{'level':3}");
        assertThat(changed.path("level").asInt()).isEqualTo(3);
        assertThat(operator.done("DELETE", row, "")).isEmpty();
        assertThat(operator.done("GET", row, "")).isEmpty();
        assertThat(operator.call("PUT", row, "{'level':3}").status()).isEqualTo(404);
        assertThat(operator.call("DELETE", row, "").body().path("code").asInt()).isEqualTo(101);
    }

    @Test
    void all_rows_are_scanned_page_by_page() throws Exception {
        String mark = "scan" + tests;
        for (int i = 0; i < 5; i++) made(CONVERSATIONS, mark);
        String scan = "/1.1/scan/classes/_Conversation?limit=2&where=" + encoded("{'name':'" + mark + "'}");

        JsonNode one = operator.done("GET", scan, "");
        JsonNode two =
                operator.done("GET", scan + "&cursor=" + one.path("cursor").asText(), "");
        JsonNode three =
                operator.done("GET", scan + "&cursor=" + two.path("cursor").asText(), "");

        assertThat(one.path("results")).hasSize(2);
        assertThat(two.path("results")).hasSize(2);
        assertThat(three.path("results")).hasSize(1);
        assertThat(three.has("cursor")).isTrue();
        assertThat(three.path("cursor").isNull()).isTrue();
    }

    @Test
    void more_members_than_allowed_are_refused_at_creation_and_later() throws Exception {
        try (var small = ParleyServer.with().set("appDefaults.maxMembers", "3").start()) {
            Operator owner = new Operator(small);
            assertThat(owner.call("POST", CONVERSATIONS, "{'m':['a','b','c','d']}")
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(4304);
            String chat = owner.done("POST", CONVERSATIONS, "{'m':['a','b','c']}")
                    .path("objectId")
                    .asText();
            Operator.Answer full = owner.call("POST", CONVERSATIONS + "/" + chat + "/members", "{'client_ids':['d']}");
            assertThat(full.status()).isEqualTo(400);
            assertThat(full.body().path("code").asInt()).isEqualTo(4304);
        }
    }

    @Test
    void of_too_many_members_in_a_row_the_first_ones_count() throws Exception {
        try (var small = ParleyServer.with().set("appDefaults.maxMembers", "3").start();
                var first = Device.login(small, "a");
                var last = Device.login(small, "d")) {
            last.told();
            String id = new Operator(small)
                    .call("POST", "/1.1/classes/_Conversation", "{'m':['a','b','c','d']}")
                    .body()
                    .path("objectId")
                    .asText();
            assertThat(first.send(id, "hello").getAckMessage().hasCode()).isFalse();
            assertThat(last.told()).isEmpty();
        }
    }

    @Test
    void an_owner_may_let_the_app_key_make_conversations() throws Exception {
        try (var open = ParleyServer.with()
                .set("appDefaults.rest.conversationsByAppKey", "true")
                .start()) {
            Operator client = new Operator(open, TestApp.KEY);
            String service = client.service("news");
            assertThat(client.done("GET", "/1.2/rtm/service-conversations", "").path("results"))
                    .hasSize(1);
            assertThat(client.call("GET", "/1.2/rtm/service-conversations/" + service + "/subscribers", "")
                            .status())
                    .isEqualTo(403);
        }
    }
}
