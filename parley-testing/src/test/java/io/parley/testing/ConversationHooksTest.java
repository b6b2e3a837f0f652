package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import io.parley.testing.TestEngine.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The application's code is asked about conversations and members, and told of them and of clients. Source:
/// semantics 10.4, 10.5.
class ConversationHooksTest extends HookTest {
    private static GenericCommand starts(Device creator, String... others) throws InterruptedException {
        return creator.conversation(
                OpType.start,
                conv -> conv.addAllM(List.of(others))
                        .setAttr(JsonObjectMessage.newBuilder().setData("{\"name\":\"trip\",\"attr\":{\"k\":1}}")));
    }

    private static String chat(Device creator, String... others) throws InterruptedException {
        return starts(creator, others).getConvMessage().getCid();
    }

    private static void refused(GenericCommand answer, int appCode, String detail) {
        assertThat(answer.getErrorMessage().getCode()).isEqualTo(4305);
        assertThat(answer.getErrorMessage().getReason()).isEqualTo("CONVERSATION_REJECTED_BY_APP");
        assertThat(answer.getErrorMessage().getAppCode()).isEqualTo(appCode);
        assertThat(answer.getErrorMessage().getAppMsg()).isEqualTo(detail);
    }

    @Test
    void a_new_conversation_is_asked_about_and_told_of() throws Exception {
        engine.define("_conversationStart", "{}").define("_conversationStarted", "{}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");

            JsonNode asked = engine.next("_conversationStart").body();
            assertThat(asked.path("initBy").asText()).isEqualTo("Tom");
            assertThat(asked.path("members").toString()).isEqualTo("[\"Jerry\",\"Tom\"]");
            assertThat(asked.path("attr").path("name").asText()).isEqualTo("trip");
            assertThat(asked.path("attr").path("attr").path("k").asInt()).isEqualTo(1);
            assertThat(engine.next("_conversationStarted").body().path("convId").asText())
                    .isEqualTo(chat);
        }
    }

    @Test
    void a_unique_conversation_that_is_found_again_is_asked_about_but_not_told_of() throws Exception {
        engine.define("_conversationStart", "{}").define("_conversationStarted", "{}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            for (int i = 0; i < 2; i++)
                tom.conversation(OpType.start, conv -> conv.addM("Jerry").setUnique(true));
            String other = chat(tom, "Mary");

            assertThat(engine.calls("_conversationStart")).hasSize(3);
            engine.next("_conversationStarted");
            assertThat(engine.next("_conversationStarted").body().path("convId").asText())
                    .isEqualTo(other);
        }
    }

    @Test
    void a_conversation_can_be_refused() throws Exception {
        engine.define("_conversationStart", "{'reject':true,'code':3,'detail':'no trips'}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            refused(starts(tom, "Jerry"), 3, "no trips");
        }
    }

    @Test
    void joining_inviting_and_kicking_are_asked_about_and_told_of() throws Exception {
        for (String name :
                List.of("_conversationAdd", "_conversationAdded", "_conversationRemove", "_conversationRemoved"))
            engine.define(name, "{}");
        start();
        try (var tom = Device.login(server, "Tom");
                var mary = Device.login(server, "Mary")) {
            String chat = chat(tom, "Jerry");
            mary.conversation(OpType.add, conv -> conv.setCid(chat));
            members(engine.next("_conversationAdd").body(), "Mary", chat, "[\"Mary\"]");
            members(engine.next("_conversationAdded").body(), "Mary", chat, "[\"Mary\"]");

            tom.conversation(OpType.add, conv -> conv.setCid(chat).addM("Ann").addM("Bob"));
            members(engine.next("_conversationAdd").body(), "Tom", chat, "[\"Ann\",\"Bob\"]");
            members(engine.next("_conversationAdded").body(), "Tom", chat, "[\"Ann\",\"Bob\"]");

            tom.conversation(OpType.remove, conv -> conv.setCid(chat).addM("Ann"));
            members(engine.next("_conversationRemove").body(), "Tom", chat, "[\"Ann\"]");
            members(engine.next("_conversationRemoved").body(), "Tom", chat, "[\"Ann\"]");

            mary.conversation(OpType.remove, conv -> conv.setCid(chat));
            members(engine.next("_conversationRemoved").body(), "Mary", chat, "[\"Mary\"]");
            assertThat(engine.calls("_conversationRemove")).isEmpty();
        }
    }

    private static void members(JsonNode body, String by, String chat, String members) {
        assertThat(body.path("initBy").asText()).isEqualTo(by);
        assertThat(body.path("convId").asText()).isEqualTo(chat);
        assertThat(body.path("members").toString()).isEqualTo(members);
    }

    @Test
    void members_can_be_refused_and_kept() throws Exception {
        engine.define("_conversationAdd", "{'reject':true,'code':1,'detail':'closed'}")
                .define("_conversationRemove", "{'reject':true,'code':2,'detail':'stay'}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");

            refused(tom.conversation(OpType.add, conv -> conv.setCid(chat).addM("Ann")), 1, "closed");
            refused(tom.conversation(OpType.remove, conv -> conv.setCid(chat).addM("Jerry")), 2, "stay");

            assertThat(tom.conversation(OpType.count, conv -> conv.setCid(chat))
                            .getConvMessage()
                            .getCount())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_change_can_be_replaced_and_refused() throws Exception {
        engine.define("_conversationUpdate", call -> {
            if (call.body().has("mute")) return Answer.result("{'mute':false,'attr':{'name':'x'}}");
            return call.body().path("attr").path("name").asText().equals("bad")
                    ? Answer.result("{'reject':true,'code':4,'detail':'bad name'}")
                    : Answer.result("{'attr':{'name':'better'},'mute':true}");
        });
        start();
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");

            refused(rename(tom, chat, "bad"), 4, "bad name");
            assertThat(rename(tom, chat, "good")
                            .getConvMessage()
                            .getAttrModified()
                            .getData())
                    .contains("better");
            assertThat(tom.conversation(OpType.mute, conv -> conv.setCid(chat)).hasErrorMessage())
                    .isFalse();
            String found = tom.conversation(
                            OpType.query,
                            conv -> conv.setWhere(
                                    JsonObjectMessage.newBuilder().setData("{\"objectId\":\"" + chat + "\"}")))
                    .getConvMessage()
                    .getResults()
                    .getData();
            assertThat(found).contains("\"name\":\"better\"").doesNotContain("\"mu\":[\"Tom\"]");
        }
    }

    private static GenericCommand rename(Device device, String chat, String name) throws InterruptedException {
        return device.conversation(
                OpType.update,
                conv -> conv.setCid(chat)
                        .setAttr(JsonObjectMessage.newBuilder().setData("{\"name\":\"" + name + "\"}")));
    }

    @Test
    void the_applications_own_changes_ask_no_hook() throws Exception {
        engine.define("_conversationStart", "{'reject':true}");
        start();
        new Operator(server).service("news");
        assertThat(engine.calls("_conversationStart")).isEmpty();
    }

    @Test
    void clients_that_come_and_go_are_told_of() throws Exception {
        engine.define("_clientOnline", "{}").define("_clientOffline", "{}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            JsonNode online = engine.next("_clientOnline").body();
            assertThat(online.path("peerId").asText()).isEqualTo("Tom");
            assertThat(online.path("reconnect").asInt()).isZero();
            assertThat(online.path("sourceIP").asText()).isEqualTo("127.0.0.1");
            assertThat(online.has("tag")).isFalse();
            tom.close();
        }
        JsonNode offline = engine.next("_clientOffline").body();
        assertThat(offline.path("peerId").asText()).isEqualTo("Tom");
        assertThat(offline.path("closeCode").asInt()).isEqualTo(2);
        assertThat(offline.has("sourceIP")).isFalse();
        assertThat(offline.has("errorCode")).isFalse();
        assertThat(offline.has("errorMsg")).isFalse();
    }

    @Test
    void an_error_that_ended_the_connection_is_told_with_its_code() throws Exception {
        engine.define("_clientOffline", "{}");
        server = settings().set("connections.maxFrameBytes", "20000").start();
        try (var garbled = Device.login(server, "garbled")) {
            garbled.tellRaw(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff});
            assertThat(garbled.isClosed()).isEqualTo(4114);
            assertLost("garbled", 4114, "UNPARSEABLE_RAW_MESSAGE");
        }
        try (var wordy = Device.login(server, "wordy")) {
            wordy.tellRaw(new byte[30_000]);
            assertThat(wordy.isClosed()).isEqualTo(4109);
            assertLost("wordy", 4109, "FRAME_TOO_LONG");
        }
    }

    @Test
    void silence_that_ended_the_connection_is_told_with_its_code() throws Exception {
        engine.define("_clientOffline", "{}");
        server = settings().set("connections.readTimeout", "4s").start();
        try (var silent = Device.login(server, "silent")) {
            assertThat(silent.isClosed()).isEqualTo(4107);
            assertLost("silent", 4107, "READ_TIMEOUT");
        }
    }

    private void assertLost(String client, int code, String error) throws InterruptedException {
        JsonNode offline = engine.next("_clientOffline").body();
        assertThat(offline.path("peerId").asText()).isEqualTo(client);
        assertThat(offline.path("closeCode").asInt()).isEqualTo(2);
        assertThat(offline.path("closeMsg").asText()).isEqualTo("connection lost");
        assertThat(offline.path("errorCode").asInt()).isEqualTo(code);
        assertThat(offline.path("errorMsg").asText()).isEqualTo(error);
        assertThat(offline.has("sourceIP")).isFalse();
    }

    @Test
    void who_logs_out_is_told_of_with_its_address_and_no_error() throws Exception {
        engine.define("_clientOffline", "{}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            tom.ask(GenericCommand.newBuilder()
                    .setCmd(CommandType.session)
                    .setOp(OpType.close)
                    .setSessionMessage(SessionCommand.getDefaultInstance()));
            JsonNode offline = engine.next("_clientOffline").body();
            assertThat(offline.path("closeCode").asInt()).isEqualTo(1);
            assertThat(offline.path("closeMsg").asText()).isEqualTo("logout");
            assertThat(offline.path("sourceIP").asText()).isEqualTo("127.0.0.1");
            assertThat(offline.has("errorCode")).isFalse();
        }
    }

    @Test
    void clients_call_functions_but_no_hooks() throws Exception {
        engine.define(
                        "hello",
                        call -> Answer.result("'hi " + call.body().path("name").asText() + "'"))
                .define("_messageReceived", "{}")
                .define("/1.1/call/hello", "'rpc'");
        start();
        Operator client = new Operator(server, TestApp.KEY);

        assertThat(client.done("POST", "/1.1/functions/hello", "{'name':'Tom'}").toString())
                .isEqualTo("{\"result\":\"hi Tom\"}");
        assertThat(client.done("POST", "/1.1/call/hello", "{}").toString()).isEqualTo("{\"result\":\"rpc\"}");
        assertThat(client.call("POST", "/1.1/functions/nothing", "{}").status()).isEqualTo(404);
        assertThat(client.call("POST", "/1.1/functions/_messageReceived", "{}").status())
                .isEqualTo(403);
        assertThat(engine.next("hello").headers()).doesNotContainKey("x-lc-hook-key");
        assertThat(engine.calls("_messageReceived")).isEmpty();
    }
}
