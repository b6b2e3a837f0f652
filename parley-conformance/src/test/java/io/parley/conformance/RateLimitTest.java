package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.WithSettings;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How often a client may do something. Source: semantics 16.
@WithSettings({
    "appDefaults.webOrigins=https://chat.example.org",
    "appDefaults.sendsPerMinute=2",
    "appDefaults.historyQueriesPerMinute=1",
    "appDefaults.otherCommandsPerMinute=3"
})
@ExtendWith(Scenes.class)
class RateLimitTest {
    @ParameterizedTest
    @EnumSource(names = {"JS5", "JAVA6"})
    void a_client_that_is_too_fast_is_told_so_and_others_are_not_held_up(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        tom.sends(chat, "1");
        tom.sends(chat, "2");

        Refusals.assertRefused(4116, () -> tom.sends(chat, "3"));

        jerry.sends(chat, "my first");
        assertThat(tom.hears(chat).text()).isEqualTo("my first");
        assertThat(jerry.history(chat)).extracting(Message::text).doesNotContain("3");
        Refusals.assertRefused(4116, () -> jerry.history(chat));
        for (int i = 0; i < 2; i++) tom.startsConversation(Map.of());
        Refusals.assertRefused(4116, () -> tom.startsConversation(Map.of()));
    }
}
