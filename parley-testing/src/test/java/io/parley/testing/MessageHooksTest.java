package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.PatchCommand;
import io.parley.protocol.proto.PatchItem;
import io.parley.testing.TestEngine.Answer;
import io.parley.testing.TestEngine.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// The application's code is asked about messages, and told of them. Source: semantics 10.3.
class MessageHooksTest extends HookTest {
    private static String chat(Device creator, String... others) throws InterruptedException {
        return creator.conversation(OpType.start, conv -> conv.addAllM(List.of(others)))
                .getConvMessage()
                .getCid();
    }

    private static GenericCommand.Builder direct(String chat, String text) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setDirectMessage(DirectCommand.newBuilder().setCid(chat).setMsg(text));
    }

    @Test
    void a_hook_is_told_everything_about_a_message_and_lets_it_pass() throws Exception {
        engine.define("_messageReceived", "{}");
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");

            AckCommand ack = tom.send(chat, "hello").getAckMessage();

            assertThat(ack.hasCode()).isFalse();
            assertThat(jerry.messages()).containsExactly("hello");
            JsonNode asked = engine.next("_messageReceived").body();
            assertThat(asked.path("fromPeer").asText()).isEqualTo("Tom");
            assertThat(asked.path("convId").asText()).isEqualTo(chat);
            assertThat(asked.path("toPeers").toString()).isEqualTo("[\"Jerry\",\"Mary\"]");
            assertThat(asked.path("content").asText()).isEqualTo("hello");
            assertThat(asked.path("bin").booleanValue()).isFalse();
            assertThat(asked.path("transient").booleanValue()).isFalse();
            assertThat(asked.path("receipt").booleanValue()).isFalse();
            assertThat(asked.path("system").isNull()).isTrue();
            assertThat(asked.path("groupId").isNull()).isTrue();
            assertThat(asked.path("sourceIP").asText()).isEqualTo("127.0.0.1");
            assertThat(asked.path("timestamp").asLong()).isBetween(ack.getT() - 60_000, ack.getT());
        }
    }

    @Test
    void calls_carry_the_keys_and_a_signature_over_time_and_body() throws Exception {
        engine.define("_messageReceived", "{}");
        server = settings().set("appDefaults.hooks.bodySignature", "true").start();
        try (var tom = Device.login(server, "Tom")) {
            tom.send(chat(tom, "Jerry"), "hello");

            Call call = engine.next("_messageReceived");

            assertThat(call.header("x-lc-id")).isEqualTo(TestApp.ID);
            assertThat(call.header("x-lc-key")).isEqualTo(TestApp.KEY);
            assertThat(call.header("x-lc-hook-key")).isEqualTo("theHookKey");
            assertThat(call.header("x-lc-prod")).isEqualTo("1");
            String signature = call.header("x-parley-signature");
            String time = signature.substring(2, signature.indexOf(','));
            byte[] signed =
                    (time + "." + new String(call.bytes(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            assertThat(signature).isEqualTo("t=" + time + ",v1=" + mac("HmacSHA256", "theHookKey", signed));
            String[] sign = call.body().path("__sign").asText().split(",");
            assertThat(sign[1])
                    .isEqualTo(mac(
                            "HmacSHA1",
                            TestApp.MASTER_KEY,
                            ("_messageReceived:" + sign[0]).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String mac(String algorithm, String key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(message));
    }

    @Test
    void a_dropped_message_is_refused_with_the_applications_code_and_words() throws Exception {
        engine.define("_messageReceived", "{'drop':true,'code':7,'detail':'not today'}");
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry");

            AckCommand ack = tom.send(chat, "hello").getAckMessage();

            assertThat(ack.getCode()).isEqualTo(4402);
            assertThat(ack.getReason()).isEqualTo("MESSAGE_REJECTED_BY_APP");
            assertThat(ack.getAppCode()).isEqualTo(7);
            assertThat(ack.getAppMsg()).isEqualTo("not today");
            assertThat(ack.getUid()).isNotEmpty();
            assertThat(jerry.messages()).isEmpty();
        }
    }

    @Test
    void replaced_content_is_what_others_see_and_the_sender_is_told_after_the_ack() throws Exception {
        engine.define("_messageReceived", "{'content':'h****','code':11,'detail':'be nice'}");
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry");
            tom.told();

            AckCommand ack = tom.send(chat, "hello").getAckMessage();

            PatchItem patch = tom.next().getPatchMessage().getPatches(0);
            assertThat(ack.hasCode()).isFalse();
            assertThat(patch.getMid()).isEqualTo(ack.getUid());
            assertThat(patch.getTimestamp()).isEqualTo(ack.getT());
            assertThat(patch.getCid()).isEqualTo(chat);
            assertThat(patch.getData()).isEqualTo("h****");
            assertThat(patch.getPatchCode()).isEqualTo(11);
            assertThat(patch.getPatchReason()).isEqualTo("be nice");
            assertThat(jerry.messages()).containsExactly("h****");
        }
    }

    @Test
    void a_hook_may_narrow_the_recipients_but_not_add_any() throws Exception {
        engine.define("_messageReceived", "{'toPeers':['Jerry','Stranger']}");
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry");
                var mary = Device.login(server, "Mary");
                var stranger = Device.login(server, "Stranger")) {
            tom.send(chat(tom, "Jerry", "Mary"), "for Jerry");

            assertThat(jerry.messages()).containsExactly("for Jerry");
            assertThat(mary.messages()).isEmpty();
            assertThat(stranger.messages()).isEmpty();
        }
    }

    @Test
    void a_failing_hook_is_passed_over_unless_it_is_to_fail_closed() throws Exception {
        engine.define("_messageReceived", call -> Answer.status(500));
        engine.define("_conversationStart", call -> Answer.status(500));
        server = settings()
                .set("appDefaults.hooks.failClosed", "_conversationStart")
                .start();
        try (var tom = Device.login(server, "Tom")) {
            GenericCommand refused = tom.conversation(OpType.start, conv -> conv.addM("Jerry"));
            assertThat(refused.getErrorMessage().getCode()).isEqualTo(4305);
            engine.undefine("_conversationStart");
            String chat = chat(tom, "Jerry");

            assertThat(tom.send(chat, "hello").getAckMessage().hasCode()).isFalse();
            assertThat(engine.calls("_messageReceived")).hasSize(1);
        }
    }

    @Test
    void a_hook_that_hangs_holds_its_sender_for_its_time_and_nobody_else() throws Exception {
        engine.define(
                "_messageReceived",
                call -> call.body().path("fromPeer").asText().equals("Tom") ? engine.hang() : Answer.result("{}"));
        server = settings()
                .set("appDefaults.hooks.timeouts", "_messageReceived=10s")
                .set("appDefaults.hooks.failClosed", "all")
                .start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry");
            tom.tell(direct(chat, "slow").setI(99));
            engine.next("_messageReceived");

            AckCommand ack = jerry.send(chat, "quick").getAckMessage();

            assertThat(ack.hasCode()).isFalse();
            assertThat(jerry.messages()).isEmpty();
        }
    }

    @Test
    void a_hook_that_takes_too_long_counts_as_failed() throws Exception {
        engine.define("_messageReceived", call -> engine.hang());
        server = settings()
                .set("appDefaults.hooks.timeout", "200ms")
                .set("appDefaults.hooks.failClosed", "all")
                .start();
        try (var tom = Device.login(server, "Tom")) {
            AckCommand ack = tom.send(chat(tom, "Jerry"), "hello").getAckMessage();

            assertThat(ack.getCode()).isEqualTo(4402);
        }
    }

    @Test
    void a_hook_may_have_an_address_of_its_own() throws Exception {
        engine.define("/my/hook", call -> new Answer(200, "{\"result\":{\"content\":\"mine\"}}"));
        server = settings()
                .set("appDefaults.hooks.engineUrl", "")
                .set("appDefaults.hooks.urls", "_messageReceived=" + engine.url() + "/my/hook")
                .start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            tom.send(chat(tom, "Jerry"), "yours");

            assertThat(jerry.messages()).containsExactly("mine");
        }
    }

    @Test
    void an_edit_can_be_refused_and_replaced() throws Exception {
        engine.define("_messageUpdate", call -> {
            String content = call.body().path("content").asText();
            if (content.equals("bad")) return Answer.result("{'drop':1,'code':5,'detail':'no'}");
            return Answer.result(content.equals("rude") ? "{'content':'****','code':6}" : "{}");
        });
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry");
            AckCommand sent = tom.send(chat, "hello").getAckMessage();

            GenericCommand refused = tom.ask(edit(chat, sent, "bad"));
            assertThat(refused.getErrorMessage().getCode()).isEqualTo(4405);
            assertThat(refused.getErrorMessage().getAppCode()).isEqualTo(5);
            assertThat(refused.getErrorMessage().getAppMsg()).isEqualTo("no");
            JsonNode asked = engine.next("_messageUpdate").body();
            assertThat(asked.path("msgId").asText()).isEqualTo(sent.getUid());
            assertThat(asked.path("recall").booleanValue()).isFalse();
            jerry.told();
            tom.told();

            assertThat(tom.ask(edit(chat, sent, "rude")).getOp()).isEqualTo(OpType.modified);
            PatchItem own = tom.next().getPatchMessage().getPatches(0);
            PatchItem others = jerry.next().getPatchMessage().getPatches(0);
            assertThat(List.of(own.getData(), others.getData())).containsExactly("****", "****");
            assertThat(own.getPatchCode()).isEqualTo(6);
            assertThat(others.hasPatchCode()).isFalse();
        }
    }

    private static GenericCommand.Builder edit(String chat, AckCommand message, String text) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.patch)
                .setOp(OpType.modify)
                .setPatchMessage(PatchCommand.newBuilder()
                        .addPatches(PatchItem.newBuilder()
                                .setCid(chat)
                                .setMid(message.getUid())
                                .setTimestamp(message.getT())
                                .setData(text)));
    }

    @Test
    void the_application_is_told_afterwards_in_order_and_who_was_there() throws Exception {
        engine.define("_messageSent", "{}").define("_receiversOffline", "{}");
        start();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            String chat = chat(tom, "Jerry", "Mary");
            for (int i = 0; i < 5; i++) tom.send(chat, "m" + i);

            for (int i = 0; i < 5; i++) {
                JsonNode told = engine.next("_messageSent").body();
                assertThat(told.path("content").asText()).isEqualTo("m" + i);
                assertThat(told.path("onlinePeers").toString()).isEqualTo("[\"Jerry\"]");
                assertThat(told.path("offlinePeers").toString()).isEqualTo("[\"Mary\"]");
                assertThat(told.path("sourceIP").asText()).isEqualTo("127.0.0.1");
                assertThat(told.path("msgId").asText()).isNotEmpty();
                JsonNode offline = engine.next("_receiversOffline").body();
                assertThat(offline.path("offlinePeers").toString()).isEqualTo("[\"Mary\"]");
                assertThat(offline.path("content").asText()).isEqualTo("m" + i);
            }
            assertThat(jerry.messages()).hasSize(5);
        }
    }

    @Test
    void what_could_not_be_told_is_told_later() throws Exception {
        int[] failures = {2};
        engine.define("_messageSent", call -> {
            synchronized (failures) {
                return failures[0]-- > 0 ? Answer.status(503) : Answer.result("{}");
            }
        });
        start();
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");
            tom.send(chat, "first");
            tom.send(chat, "second");

            List<String> told = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                told.add(engine.next("_messageSent").body().path("content").asText());
            assertThat(told).containsExactly("first", "first", "first", "second");
        }
    }

    @Test
    void a_transient_message_is_told_too() throws Exception {
        engine.define("_messageSent", "{}");
        start();
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");
            tom.ask(GenericCommand.newBuilder()
                    .setCmd(CommandType.direct)
                    .setDirectMessage(DirectCommand.newBuilder()
                            .setCid(chat)
                            .setMsg("typing")
                            .setTransient(true)));

            JsonNode told = engine.next("_messageSent").body();
            assertThat(told.path("content").asText()).isEqualTo("typing");
            assertThat(told.path("transient").booleanValue()).isTrue();
        }
    }

    @Test
    void a_hook_that_the_engine_does_not_have_is_no_failure() throws Exception {
        server = settings().set("appDefaults.hooks.failClosed", "all").start();
        try (var tom = Device.login(server, "Tom")) {
            assertThat(tom.send(chat(tom, "Jerry"), "hello").getAckMessage().hasCode())
                    .isFalse();
        }
    }
}
