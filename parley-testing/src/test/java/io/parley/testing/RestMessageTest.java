package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.PatchItem;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Messages of the application's server in normal conversations and chat rooms. Source: rest 6, 7, 9, 10, 12.
class RestMessageTest {
    private static final String CONVERSATIONS = "/1.2/rtm/conversations";

    @RegisterExtension
    static final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private static int tests;

    private final Operator operator = new Operator(server);
    private String tom;
    private String jerry;
    private String chat;
    private String messages;

    @BeforeEach
    void a_chat() throws Exception {
        tests++;
        tom = "Tom" + tests;
        jerry = "Jerry" + tests;
        chat = operator.done("POST", CONVERSATIONS, "{'m':['" + tom + "','" + jerry + "']}")
                .path("objectId")
                .asText();
        messages = CONVERSATIONS + "/" + chat + "/messages";
    }

    private JsonNode say(String text) throws Exception {
        return say(text, "");
    }

    private JsonNode say(String text, String more) throws Exception {
        return operator.done("POST", messages, "{'from_client':'" + tom + "','message':'" + text + "'" + more + "}");
    }

    private static List<String> data(JsonNode items) {
        return items.findValuesAsText("data");
    }

    private static String id(JsonNode sent) {
        return sent.path("msg-id").asText();
    }

    private static long time(JsonNode sent) {
        return sent.path("timestamp").asLong();
    }

    @Test
    void a_message_reaches_all_members_and_the_senders_own_devices() throws Exception {
        try (var phone = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            other.told(); // nothing yet; but from now on messages come, and are not counted as unread
            phone.told();
            JsonNode sent = say("hello", ",'mention_client_ids':['" + jerry + "'],'mention_all':true");

            DirectCommand direct = other.next().getDirectMessage();
            assertThat(direct.getMsg()).isEqualTo("hello");
            assertThat(direct.getFromPeerId()).isEqualTo(tom);
            assertThat(direct.getId()).isEqualTo(id(sent));
            assertThat(direct.getTimestamp()).isEqualTo(time(sent));
            assertThat(direct.getMentionAll()).isTrue();
            assertThat(direct.getMentionPidsList()).containsExactly(jerry);
            assertThat(phone.messages()).containsExactly("hello");
            assertThat(sent.path("result").path("msg-id")).isEqualTo(sent.path("msg-id"));
            assertThat(sent.path("result").path("timestamp")).isEqualTo(sent.path("timestamp"));

            say("not to my devices", ",'no_sync':true");
            assertThat(other.messages()).containsExactly("not to my devices");
            assertThat(phone.told()).isEmpty();
        }
    }

    @Test
    void whoever_the_application_names_may_speak() throws Exception {
        operator.done("POST", CONVERSATIONS + "/" + chat + "/permanent-silenceds", "{'client_ids':['" + tom + "']}");
        try (var other = Device.login(server, jerry)) {
            other.told();
            say("though silenced");
            operator.done("POST", messages, "{'from_client':'a stranger','message':'though no member'}");
            assertThat(other.messages()).containsExactly("though silenced", "though no member");
        }
    }

    @Test
    void a_rich_message_may_come_as_an_object() throws Exception {
        operator.done("POST", messages, "{'from_client':'" + tom + "','message':{'_lctype':-1,'_lctext':'hi'}}");
        assertThat(data(operator.done("GET", messages, ""))).containsExactly("{\"_lctype\":-1,\"_lctext\":\"hi\"}");
    }

    @Test
    void a_transient_message_is_not_kept() throws Exception {
        try (var other = Device.login(server, jerry)) {
            say("now", ",'transient':true");
            assertThat(other.next().getDirectMessage().getTransient()).isTrue();
            assertThat(operator.done("GET", messages, "")).isEmpty();
        }
    }

    @Test
    void history_items_have_every_key() throws Exception {
        JsonNode sent = say("one");
        JsonNode item = operator.done("GET", messages, "").get(0);

        assertThat(item.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "timestamp", "conv-id", "to", "data", "from", "msg-id", "is-conv", "is-room", "bin", "from-ip");
        assertThat(item.path("timestamp")).isEqualTo(sent.path("timestamp"));
        assertThat(item.path("msg-id")).isEqualTo(sent.path("msg-id"));
        assertThat(item.path("to").asText()).isEqualTo(chat);
        assertThat(item.path("from").asText()).isEqualTo(tom);
        assertThat(item.path("from-ip").isNull()).isTrue();
        assertThat(item.path("is-conv").asBoolean()).isTrue();
    }

    @Test
    void history_ranges_leave_their_ends_out_unless_they_are_asked_for() throws Exception {
        JsonNode one = say("1");
        say("2");
        JsonNode three = say("3");
        String down = "?" + start(three) + "&" + till(one);
        String up = "?reversed=true&" + start(one) + "&" + till(three);

        assertThat(history(down)).containsExactly("2");
        assertThat(history(down + "&include_start=true")).containsExactly("3", "2");
        assertThat(history(down + "&include_stop=true")).containsExactly("2", "1");
        assertThat(history(up)).containsExactly("2");
        assertThat(history(up + "&include_start=true")).containsExactly("1", "2");
        assertThat(history(up + "&include_stop=true")).containsExactly("2", "3");
        assertThat(history("")).containsExactly("3", "2", "1");
        assertThat(history("?reversed=1&limit=2")).containsExactly("1", "2");
    }

    private List<String> history(String query) throws Exception {
        return data(operator.done("GET", messages + query, ""));
    }

    private static String start(JsonNode sent) {
        return "timestamp=" + time(sent) + "&msgid=" + id(sent);
    }

    private static String till(JsonNode sent) {
        return "till_timestamp=" + time(sent) + "&till_msgid=" + id(sent);
    }

    @Test
    void messages_are_edited_recalled_and_deleted() throws Exception {
        JsonNode edited = say("tpyo");
        JsonNode recalled = say("secret");
        JsonNode deleted = say("gone");
        String ofTom = "'from_client':'" + tom + "','timestamp':";
        try (var other = Device.login(server, jerry)) {
            other.told();
            operator.done("PUT", messages + "/" + id(edited), "{" + ofTom + time(edited) + ",'message':'typo'}");
            operator.done("PUT", messages + "/" + id(recalled) + "/recall", "{" + ofTom + time(recalled) + "}");
            operator.done(
                    "DELETE", messages + "/" + id(deleted) + "?from_client=" + tom + "&timestamp=" + time(deleted), "");

            assertThat(other.next().getPatchMessage().getPatches(0).getData()).isEqualTo("typo");
            PatchItem item = other.next().getPatchMessage().getPatches(0);
            assertThat(item.getRecall()).isTrue();
            assertThat(other.told()).isEmpty();
        }
        assertThat(history("")).containsExactly("{\"_lctype\":-127}", "typo");
        JsonNode next = say("after the deleted one");
        assertThat(time(next)).isGreaterThan(time(deleted));
        assertThat(history("?limit=1")).containsExactly("after the deleted one");
    }

    @Test
    void what_was_deleted_is_not_unread_any_more() throws Exception {
        JsonNode first = say("first");
        JsonNode last = say("last");
        operator.done("DELETE", messages + "/" + id(last) + "?from_client=" + tom + "&timestamp=" + time(last), "");
        String count = "/1.2/rtm/clients/" + jerry + "/unread-count";
        assertThat(operator.done("GET", count, "").path("count").asInt()).isEqualTo(1);
        operator.done("DELETE", messages + "/" + id(first) + "?from_client=" + tom + "&timestamp=" + time(first), "");
        assertThat(operator.done("GET", count, "").path("count").asInt()).isZero();
        assertThat(operator.done("GET", count + "?conv_id=" + chat, "")
                        .path("count")
                        .asInt())
                .isZero();
        try (var device = Device.login(server, jerry)) {
            assertThat(device.told()).isEmpty();
        }
    }

    @Test
    void all_messages_of_the_app_are_walked_through_page_by_page() throws Exception {
        String other = operator.done("POST", CONVERSATIONS, "{'m':['" + tom + "']}")
                .path("objectId")
                .asText();
        JsonNode before = say("before");
        for (int i = 0; i < 3; i++) {
            say("here " + i);
            operator.done(
                    "POST",
                    CONVERSATIONS + "/" + other + "/messages",
                    "{'from_client':'" + jerry + "','message':'there " + i + "'}");
        }
        JsonNode one = operator.done("GET", "/1.2/rtm/messages?limit=2&" + till(before), "");
        JsonNode two = operator.done("GET", "/1.2/rtm/messages?limit=2&" + till(before) + "&" + start(one.get(1)), "");
        JsonNode three =
                operator.done("GET", "/1.2/rtm/messages?limit=3&" + till(before) + "&" + start(two.get(1)), "");

        assertThat(data(one)).containsExactly("there 2", "here 2");
        assertThat(data(two)).containsExactly("there 1", "here 1");
        assertThat(data(three)).containsExactly("there 0", "here 0");
        assertThat(one.get(0).path("to").asText()).isEqualTo(other);
        assertThat(data(operator.done("GET", "/1.2/rtm/messages?reversed=true&limit=2&" + start(before), "")))
                .containsExactly("here 0", "there 0");
        assertThat(data(operator.done("GET", "/1.2/rtm/clients/" + jerry + "/messages", "")))
                .containsExactly("there 2", "there 1", "there 0");
        assertThat(data(operator.done("GET", "/1.1/rtm/messages/history?from=" + jerry + "&limit=1", "")))
                .containsExactly("there 2");
    }

    @Test
    void broadcasts_are_not_among_the_messages_of_the_app() throws Exception {
        String service = operator.service("news");
        operator.done(
                "POST", "/1.2/rtm/broadcasts", "{'from_client':'desk','conv_id':'" + service + "','message':'to all'}");
        say("to some");
        assertThat(data(operator.done("GET", "/1.2/rtm/messages?limit=1", ""))).containsExactly("to some");
        operator.done("DELETE", "/1.2/rtm/service-conversations/" + service, "");
    }

    @Test
    void listeners_of_a_room_hear_the_application_but_not_who_it_speaks_for() throws Exception {
        String room = operator.done("POST", "/1.2/rtm/chatrooms", "{'name':'lobby'}")
                .path("objectId")
                .asText();
        String path = "/1.2/rtm/chatrooms/" + room;
        try (var phone = Device.login(server, tom);
                var other = Device.login(server, jerry)) {
            phone.conversation(OpType.add, conv -> conv.setCid(room).addM(tom));
            other.conversation(OpType.add, conv -> conv.setCid(room).addM(jerry));

            JsonNode members = operator.done("GET", path + "/members", "").path("result");
            assertThat(members.valueStream().map(JsonNode::asText)).containsExactlyInAnyOrder(tom, jerry);
            assertThat(operator.done("GET", path + "/members/online-count", "")
                            .path("result")
                            .asInt())
                    .isEqualTo(2);
            operator.done("POST", path + "/messages", "{'from_client':'desk','message':'one','priority':'HIGH'}");
            assertThat(phone.messages()).containsExactly("one");
            assertThat(other.messages()).containsExactly("one");
            operator.done("POST", path + "/messages", "{'from_client':'" + tom + "','message':'two'}");
            assertThat(other.messages()).containsExactly("two");
            assertThat(phone.told()).isEmpty();
            assertThat(data(operator.done("GET", path + "/messages", ""))).containsExactly("two", "one");
            Operator client = new Operator(server, TestApp.KEY);
            assertThat(client.done("GET", "/1.1/rtm/transient_group/onlines?gid=" + room, "")
                            .path("result")
                            .asInt())
                    .isEqualTo(2);
            assertThat(client.done("GET", "/1.1/rtm/transient_group/members?gid=" + room, "")
                            .path("result"))
                    .hasSize(2);
        }
    }

    @Test
    void the_first_generation_keeps_nothing_unless_told_to() throws Exception {
        String from = "{'from_peer':'" + tom + "','conv_id':'" + chat + "','message':'";
        try (var other = Device.login(server, jerry)) {
            other.told();
            operator.done("POST", "/1.1/rtm/messages", from + "passing'}");
            JsonNode sent = operator.done("POST", "/1.1/rtm/messages", from + "kept','transient':false}");
            assertThat(other.messages()).containsExactly("passing", "kept");
            assertThat(data(operator.done("GET", "/1.1/rtm/messages/history?convid=" + chat, "")))
                    .containsExactly("kept");

            String patch = "{'from_peer':'" + tom + "','conv_id':'" + chat + "','msg_id':'" + id(sent)
                    + "','timestamp':" + time(sent);
            operator.done("POST", "/1.1/rtm/patch/message", patch + ",'message':'edited'}");
            assertThat(other.next().getPatchMessage().getPatches(0).getData()).isEqualTo("edited");
            JsonNode item = operator.done("GET", "/1.1/rtm/messages/history?convid=" + chat, "")
                    .get(0);
            String replaced = item.toString().replace('"', '\'').replace("'data':'edited'", "'data':'silently'");
            operator.done("PUT", "/1.1/rtm/messages/logs", replaced);
            assertThat(history("")).containsExactly("silently");
            assertThat(other.told()).isEmpty();
            operator.done("POST", "/1.1/rtm/patch/message", patch + ",'recall':true}");
            assertThat(other.next().getPatchMessage().getPatches(0).getRecall()).isTrue();
            operator.done(
                    "DELETE",
                    "/1.1/rtm/messages/logs?convid=" + chat + "&msgid=" + id(sent) + "&timestamp=" + time(sent)
                            + "&from=" + tom,
                    "");
            assertThat(history("")).isEmpty();
        }
    }

    @Test
    void the_first_generation_reaches_service_conversations() throws Exception {
        String news = operator.service("news");
        String body = "'from_peer':'desk','conv_id':'" + news + "','message':'";
        operator.done(
                "POST", "/1.1/rtm/conversation/subscription", "{'conv_id':'" + news + "','client_id':'" + tom + "'}");
        assertThat(operator.done("GET", "/1.1/rtm/conversation/subscribed?conv_id=" + news + "&client_id=" + tom, "")
                        .booleanValue())
                .isTrue();
        assertThat(operator.done("GET", "/1.1/rtm/conversation/subscribers/count?conv_id=" + news, "")
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(operator.done("GET", "/1.1/rtm/conversation/subscribers?conv_id=" + news, "")
                        .get(0)
                        .path("subscriber")
                        .asText())
                .isEqualTo(tom);
        assertThat(operator.done("GET", "/1.1/rtm/conversation/subscription?client_id=" + tom, "")
                        .get(0)
                        .path("conv_id")
                        .asText())
                .isEqualTo(news);
        operator.done("POST", "/1.1/rtm/broadcast/subscriber", "{" + body + "to subscribers'}");
        operator.done(
                "POST", "/1.1/rtm/messages", "{" + body + "to one','transient':false,'to_peers':['" + tom + "']}");
        JsonNode broadcast = operator.done("POST", "/1.1/rtm/broadcast", "{" + body + "to all'}");

        String view = md5(news + ":" + tom);
        assertThat(data(operator.done("GET", "/1.1/rtm/messages/history?convid=" + view, "")))
                .containsExactly("to one", "to subscribers");
        assertThat(data(operator.done("GET", "/1.1/rtm/broadcast?conv_id=" + news, "")))
                .containsExactly("to all");
        operator.done("DELETE", "/1.1/rtm/broadcast?mid=" + id(broadcast), "");
        assertThat(operator.done("GET", "/1.1/rtm/broadcast?conv_id=" + news, ""))
                .isEmpty();
        operator.done("DELETE", "/1.1/rtm/conversation/subscription?conv_id=" + news + "&client_id=" + tom, "");
        assertThat(operator.done("GET", "/1.1/rtm/conversation/subscribed?conv_id=" + news + "&client_id=" + tom, "")
                        .booleanValue())
                .isFalse();
    }

    private static String md5(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("MD5")
                        .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void a_message_of_a_service_is_taken_away_from_one_client_or_from_all_subscribers() throws Exception {
        String news = operator.service("news");
        String path = "/1.2/rtm/service-conversations/" + news;
        operator.done("POST", path + "/subscribers", "{'client_id':'" + tom + "'}");
        JsonNode toBoth = operator.done(
                "POST",
                path + "/messages",
                "{'from_client':'desk','message':'both','to_clients':['" + tom + "','" + jerry + "']}");
        JsonNode toAll = operator.done("POST", path + "/broadcasts", "{'from_client':'desk','message':'all'}");
        String ofTom = path + "/subscribers/" + tom + "/messages";
        String ofJerry = path + "/subscribers/" + jerry + "/messages";

        operator.done("DELETE", ofTom + "/" + id(toBoth) + "?from_client=desk&timestamp=" + time(toBoth), "");
        assertThat(data(operator.done("GET", ofTom, ""))).containsExactly("all");
        assertThat(data(operator.done("GET", ofJerry, ""))).containsExactly("both");
        operator.done("DELETE", ofTom + "/" + id(toAll) + "?from_client=desk&timestamp=" + time(toAll), "");
        assertThat(operator.done("GET", ofTom, "")).isEmpty();
        assertThat(operator.call("DELETE", ofTom + "/" + id(toAll) + "?from_client=desk&timestamp=" + time(toAll), "")
                        .body()
                        .path("code")
                        .asInt())
                .isEqualTo(4404);
    }
}
