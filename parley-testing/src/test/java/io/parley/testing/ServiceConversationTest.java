package io.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.OpType;
import java.net.URLEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Service conversations: the application makes them, clients subscribe. Source: semantics 4.4, rest 8, 9.
class ServiceConversationTest {
    private static final String BASE = "/1.2/rtm/service-conversations";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private final Operator operator = new Operator(server);

    @Test
    void the_application_makes_changes_finds_and_deletes_them() throws Exception {
        JsonNode made = operator.done("POST", BASE, "{'name':'made','sys':false,'m':['Tom'],'topic':'x'}");
        String id = made.path("objectId").asText();
        assertThat(made.fieldNames()).toIterable().containsExactly("objectId", "createdAt");

        JsonNode changed = operator.done("PUT", BASE + "/" + id, "{'name':'changed','m':['Tom']}");
        assertThat(changed.path("objectId").asText()).isEqualTo(id);
        JsonNode found = find("{\"topic\":\"x\"}");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("name").asText()).isEqualTo("changed");
        assertThat(found.get(0).path("sys").asBoolean()).isTrue();
        assertThat(found.get(0).path("updatedAt")).isEqualTo(changed.path("updatedAt"));
        assertThat(found.get(0).has("m")).isFalse();
        assertThat(find("{\"objectId\":\"" + id + "\"}")).hasSize(1);

        assertThat(operator.done("DELETE", BASE + "/" + id, "")).isEmpty();
        assertThat(find("{\"topic\":\"x\"}")).isEmpty();
        assertRefused(operator.call("DELETE", BASE + "/" + id, ""), 400, 4303);
    }

    private JsonNode find(String where) throws Exception {
        return operator.done("GET", BASE + "?limit=50&where=" + URLEncoder.encode(where, UTF_8), "")
                .path("results");
    }

    private static void assertRefused(Operator.Answer answer, int status, int code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("code").asInt()).isEqualTo(code);
    }

    @Test
    void a_client_subscribes_by_adding_itself() throws Exception {
        String news = operator.service("subscribed");
        try (var tom = Device.login(server, "Tom")) {
            assertThat(document(tom, news).path("joined").asBoolean(true)).isFalse();
            assertThat(isMember(tom, news)).isFalse();

            GenericCommand added =
                    tom.conversation(OpType.add, conv -> conv.setCid(news).addM("Tom"));

            assertThat(added.getOp()).isEqualTo(OpType.added);
            assertThat(added.getConvMessage().getAllowedPidsList()).containsExactly("Tom");
            assertThat(added.getConvMessage().getUdate()).isNotEmpty();
            assertThat(isMember(tom, news)).isTrue();
            JsonNode document = document(tom, news);
            assertThat(document.path("conv_type").asInt()).isEqualTo(3);
            assertThat(document.path("joined").asBoolean()).isTrue();
            assertThat(document.path("joinedAt").isIntegralNumber()).isTrue();
            assertThat(document.path("muted").asBoolean(true)).isFalse();
            assertThat(document.has("m")).isFalse();
            assertThat(count(tom, news)).isEqualTo(1);
            assertThat(tom.told()).isEmpty();

            tom.conversation(OpType.mute, conv -> conv.setCid(news));
            assertThat(document(tom, news).path("muted").asBoolean()).isTrue();
            tom.conversation(OpType.remove, conv -> conv.setCid(news).addM("Tom"));
            assertThat(isMember(tom, news)).isFalse();
            assertThat(document(tom, news).has("joinedAt")).isFalse();
            assertThat(count(tom, news)).isZero();
            GenericCommand refused = tom.conversation(OpType.mute, conv -> conv.setCid(news));
            assertThat(refused.getErrorMessage().getCode()).isEqualTo(4317);
        }
    }

    private static JsonNode document(Device device, String conversation) throws Exception {
        return query(device, "{\"objectId\":\"" + conversation + "\"}").get(0);
    }

    private static JsonNode query(Device device, String where) throws Exception {
        GenericCommand results = device.conversation(
                OpType.query,
                conv -> conv.setWhere(JsonObjectMessage.newBuilder().setData(where))
                        .setFlag(2)
                        .setLimit(100));
        return JSON.readTree(results.getConvMessage().getResults().getData());
    }

    private static boolean isMember(Device device, String conversation) throws Exception {
        GenericCommand result = device.conversation(OpType.is_member, conv -> conv.addCids(conversation));
        return JSON.readTree(result.getConvMessage().getResults().getData())
                .path(conversation)
                .asBoolean();
    }

    private static int count(Device device, String conversation) throws Exception {
        return device.conversation(OpType.count, conv -> conv.setCid(conversation))
                .getConvMessage()
                .getCount();
    }

    @Test
    void subscribed_services_are_not_in_a_clients_own_list_but_are_found_by_their_flag() throws Exception {
        String news = operator.service("listed");
        try (var tom = Device.login(server, "Lister")) {
            tom.conversation(OpType.add, conv -> conv.setCid(news).addM("Lister"));
            operator.done(
                    "POST", BASE + "/" + news + "/messages", "{'from_client':'o','message':'x','to_clients':['Jim']}");

            assertThat(query(tom, "{}")).isEmpty();
            JsonNode services = query(tom, "{\"sys\":true,\"name\":\"listed\"}");
            assertThat(services).hasSize(1);
            // What others were sent does not show.
            assertThat(services.get(0).has("msg")).isFalse();
            assertThat(services.get(0).has("lm")).isFalse();
        }
    }

    @Test
    void clients_neither_start_nor_change_services_nor_put_others_into_them() throws Exception {
        String news = operator.service("read only");
        try (var tom = Device.login(server, "Tom")) {
            assertThat(tom.conversation(
                                    OpType.update,
                                    conv -> conv.setCid(news)
                                            .setAttr(JsonObjectMessage.newBuilder()
                                                    .setData("{\"name\":\"mine\"}")))
                            .getErrorMessage()
                            .getCode())
                    .isEqualTo(4307);
            for (OpType op : List.of(OpType.add, OpType.remove))
                assertThat(tom.conversation(op, conv -> conv.setCid(news).addM("Jerry"))
                                .getErrorMessage()
                                .getCode())
                        .isEqualTo(4314);
            assertThat(document(tom, news).path("name").asText()).isEqualTo("read only");
        }
        assertThat(operator.done("GET", BASE + "/" + news + "/subscribers/count", "")
                        .path("count")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void the_application_subscribes_clients_and_reads_who_does() throws Exception {
        String news = operator.service("subscribers");
        String subscribers = BASE + "/" + news + "/subscribers";
        for (String client : List.of("a", "b", "c"))
            operator.done("POST", subscribers, "{'client_id':'" + client + "'}");
        operator.done("DELETE", subscribers + "/b", "");

        assertThat(operator.done("GET", subscribers + "/count", "")
                        .path("count")
                        .asInt())
                .isEqualTo(2);
        JsonNode all = operator.done("GET", subscribers, "");
        assertThat(all).extracting(one -> one.path("subscriber").asText()).containsExactly("a", "c");
        assertThat(all).allSatisfy(one -> {
            assertThat(one.path("conv_id").asText()).isEqualTo(news);
            assertThat(one.path("timestamp").isIntegralNumber()).isTrue();
        });
        assertThat(operator.done("GET", subscribers + "?client_id=a&limit=1", ""))
                .extracting(one -> one.path("subscriber").asText())
                .containsExactly("c");
    }

    @Test
    void a_clients_subscriptions_are_read_in_pages_both_ways() throws Exception {
        String[] services = new String[3];
        for (int i = 0; i < services.length; i++) {
            services[i] = operator.service("page " + i);
            operator.done("POST", BASE + "/" + services[i] + "/subscribers", "{'client_id':'reader'}");
        }
        String path = "/1.2/rtm/clients/reader/service-conversations";

        JsonNode upwards = operator.done("GET", path, "");
        assertThat(upwards).hasSize(3);
        JsonNode first = operator.done("GET", path + "?limit=1", "").get(0);
        assertThat(first).isEqualTo(upwards.get(0));
        assertThat(operator.done("GET", path + after(first), "")).containsExactly(upwards.get(1), upwards.get(2));
        assertThat(operator.done("GET", path + "?direction=old", ""))
                .containsExactly(upwards.get(2), upwards.get(1), upwards.get(0));
        assertThat(operator.done("GET", path + after(upwards.get(1)) + "&direction=old", ""))
                .containsExactly(upwards.get(0));
        assertThat(operator.call("GET", path + "?direction=up", "").status()).isEqualTo(400);
    }

    private static String after(JsonNode item) {
        return "?conv_id=" + item.path("conv_id").asText() + "&timestamp="
                + item.path("timestamp").asLong();
    }

    @Test
    void only_the_master_key_opens_these_routes() throws Exception {
        var client = new Operator(server, TestApp.KEY);
        var stranger = new Operator(server, "wrong");

        assertRefused(client.call("POST", BASE, "{'name':'x'}"), 403, 403);
        assertRefused(client.call("GET", BASE, ""), 403, 403);
        assertRefused(client.call("POST", "/1.2/rtm/broadcasts", "{}"), 403, 403);
        assertRefused(stranger.call("POST", BASE, "{'name':'x'}"), 401, 401);
    }

    @Test
    void what_is_no_service_is_refused() throws Exception {
        try (var tom = Device.login(server, "Tom")) {
            String chat = tom.conversation(OpType.start, conv -> conv.addM("Tom"))
                    .getConvMessage()
                    .getCid();

            assertRefused(operator.call("GET", BASE + "/" + chat + "/subscribers", ""), 400, 4313);
            assertRefused(operator.call("DELETE", BASE + "/" + chat, ""), 400, 4313);
            assertRefused(
                    operator.call("POST", BASE + "/" + chat + "/broadcasts", "{'from_client':'o','message':'x'}"),
                    400,
                    4313);
        }
        assertRefused(operator.call("PUT", BASE + "/nothing", "{'name':'x'}"), 400, 4303);
        assertRefused(
                operator.call("POST", BASE + "/nothing/broadcasts", "{'from_client':'o','message':'x'}"), 400, 4401);
        assertRefused(operator.call("POST", BASE + "/nothing/subscribers", "{'client_id':'Tom'}"), 400, 4303);
    }
}
