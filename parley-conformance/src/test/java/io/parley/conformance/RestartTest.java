package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Feature;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartTest {
    @Test
    void clients_of_all_generations_are_back_after_a_restart_and_nothing_is_lost() {
        try (Scene scene = Scene.apart()) {
            List<SdkClient> all = new ArrayList<>();
            for (Sdk sdk : Sdk.values()) all.add(scene.client(sdk, sdk.name()));
            SdkClient first = all.getFirst();
            String chat =
                    first.startsConversationWith(all.subList(1, all.size()).toArray(SdkClient[]::new));
            List<String> said = new ArrayList<>();
            for (SdkClient speaker : all) said.add(speaksToAll(speaker, "before", chat, all, said));

            scene.restartsTheServer();

            for (SdkClient client : all) comesBack(client);
            for (SdkClient speaker : all) said.add(speaksToAll(speaker, "after", chat, all, said));
            for (SdkClient client : all)
                assertThat(client.history(chat))
                        .as("history of %s", client)
                        .extracting(Message::text)
                        .containsExactlyElementsOf(said);
        }
    }

    private static void comesBack(SdkClient client) {
        client.expects("disconnected");
        if (!client.sdk().has(Feature.SELF_HEALING)) client.comesBack();
        client.expects("reconnected");
    }

    /// Who hears an earlier message once more had not acknowledged it when the server went: it is sent again then.
    private static String speaksToAll(
            SdkClient speaker, String when, String chat, List<SdkClient> all, List<String> said) {
        String text = speaker.sdk() + " " + when;
        speaker.sends(chat, text);
        for (SdkClient listener : all) {
            if (listener == speaker) continue;
            String heard = listener.hears(chat).text();
            while (said.contains(heard)) heard = listener.hears(chat).text();
            assertThat(heard).as("heard by %s", listener).isEqualTo(text);
        }
        return text;
    }
}
