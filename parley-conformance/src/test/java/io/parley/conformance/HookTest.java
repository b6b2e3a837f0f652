package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.testing.TestEngine;
import io.parley.testing.TestEngine.Answer;
import io.parley.testing.TestEngine.Call;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What official SDKs make of an application whose code has a say. Source: semantics 10, 12.
@WithSettings({
    "outbound.allowPrivate=true",
    "appDefaults.filter.file=src/test/filter/words.txt",
    "appDefaults.filter.oneToOne=true"
})
@ExtendWith(Scenes.class)
class HookTest {
    private static final TestEngine ENGINE = TestEngine.start();

    @BeforeAll
    static void the_application_has_its_say() {
        ENGINE.define("_messageReceived", HookTest::received).define("_conversationStart", HookTest::start);
    }

    @AfterAll
    static void end() {
        ENGINE.close();
    }

    private static Answer received(Call call) {
        JsonNode message = call.body();
        String content = message.path("content").asText();
        if (content.contains("drop me")) return Answer.result("{'drop':true,'code':123,'detail':'not here'}");
        return content.contains("change me")
                ? new Answer(200, "{\"result\":{\"content\":\"{\\\"_lctype\\\":-1,\\\"_lctext\\\":\\\"changed\\\"}\"}}")
                : Answer.result("{}");
    }

    private static Answer start(Call call) {
        return call.body().path("attr").path("name").asText().equals("forbidden")
                ? Answer.result("{'reject':true,'code':7,'detail':'no such name'}")
                : Answer.result("{}");
    }

    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JAVA6", "PARLEY"})
    void a_dropped_message_fails_at_the_sender_and_is_nowhere_else(Sdk sdk, Scene scene) {
        scene.appHasEngine(ENGINE.url());
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Refusals.assertRefused(4402, 123, () -> tom.sends(chat, "drop me"));

        tom.sends(chat, "fine");
        assertThat(jerry.hears(chat).text()).isEqualTo("fine");
    }

    @ParameterizedTest
    @EnumSource(names = {"JS5", "JAVA6", "PARLEY"})
    void replaced_content_is_seen_by_the_other_and_patched_at_the_sender(Sdk sdk, Scene scene) {
        scene.appHasEngine(ENGINE.url());
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Message sent = tom.sends(chat, "change me");

        assertThat(jerry.hears(chat).text()).isEqualTo("changed");
        JsonNode told = tom.expects("edited", chat).data();
        assertThat(told.path("id").asText()).isEqualTo(sent.id());
        assertThat(told.path("text").asText()).isEqualTo("changed");
        assertThat(jerry.history(chat).getLast().text()).isEqualTo("changed");
    }

    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JAVA6", "PARLEY"})
    void a_refused_conversation_fails_with_its_code(Sdk sdk, Scene scene) {
        scene.appHasEngine(ENGINE.url());
        SdkClient tom = scene.client(sdk, "tom");

        Refusals.assertRefused(4305, 7, () -> tom.startsConversation(Map.of("name", "forbidden")));

        assertThat(tom.startsConversation(Map.of("name", "allowed"))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JS5", "JAVA6", "PARLEY"})
    void a_filtered_message_is_masked_for_the_other_and_patched_at_the_sender(Sdk sdk, Scene scene) {
        scene.appHasEngine(ENGINE.url());
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Message sent = tom.sends(chat, "a swearword it is");

        assertThat(jerry.hears(chat).text()).isEqualTo("a *** it is");
        JsonNode told = tom.expects("edited", chat).data();
        assertThat(told.path("id").asText()).isEqualTo(sent.id());
        assertThat(told.path("text").asText()).isEqualTo("a *** it is");
    }
}
