package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A bot's reply grows while it is read, in SDKs of several generations.
@ExtendWith(Scenes.class)
class StreamedReplyTest {
    @ParameterizedTest
    @EnumSource(
            value = Sdk.class,
            names = {"JS3", "JS4", "JS5", "JAVA6", "PARLEY"})
    void a_growing_reply_is_one_message_that_is_edited(Sdk sdk, Scene scene) throws Exception {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient bot = scene.client(sdk, "bot");
        String chat = tom.startsConversationWith(bot);
        HttpURLConnection call =
                scene.streams("/1.2/rtm/conversations/" + chat + "/streams?from_client=" + bot.id(), "text/plain");
        try (OutputStream body = call.getOutputStream()) {
            write(body, "Let me");
            Message heard = tom.hears(chat);
            assertThat(heard.text()).isEqualTo("Let me");
            assertThat(heard.attributes().path("streaming").asBoolean()).isTrue();
            write(body, " think");
            JsonNode grown = tom.expects("edited", chat).data();
            assertThat(grown.path("id").asText()).isEqualTo(heard.id());
            assertThat(grown.path("text").asText()).isEqualTo("Let me think");
            body.close();

            JsonNode answer = new ObjectMapper().readTree(call.getInputStream());
            assertThat(answer.path("msg-id").asText()).isEqualTo(heard.id());
            Message kept = tom.history(chat).getLast();
            assertThat(kept.id()).isEqualTo(heard.id());
            assertThat(kept.text()).isEqualTo("Let me think");
            assertThat(kept.attributes().has("streaming")).isFalse();
        }
    }

    private static void write(OutputStream body, String text) throws Exception {
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
