package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Official SDKs that used one server go on with another one, to which everything moved.
class MoveTest {
    private static final List<Sdk> GENERATIONS = List.of(Sdk.JS2, Sdk.JS3, Sdk.JS4, Sdk.JS5, Sdk.JAVA6);

    @TempDir
    Path folder;

    @Test
    void clients_go_on_in_their_conversations_on_another_server() {
        try (Scene first = Scene.thatCanMove();
                Scene second = Scene.thatCanMove()) {
            List<SdkClient> before = new ArrayList<>();
            for (Sdk sdk : GENERATIONS) before.add(first.client(sdk, sdk.name()));
            SdkClient tom = before.getFirst();
            String chat =
                    tom.startsConversationWith(before.subList(1, before.size()).toArray(SdkClient[]::new));
            List<String> said = new ArrayList<>();
            for (SdkClient speaker : before) said.add(speaksToAll(speaker, "there", chat, before));

            first.movesTo(second, folder);

            List<SdkClient> after = new ArrayList<>();
            for (SdkClient client : before) after.add(second.clientCalled(client.id(), client.sdk()));
            for (SdkClient client : after)
                assertThat(client.history(chat))
                        .as("history of %s on the other server", client)
                        .extracting(Message::text)
                        .containsExactlyElementsOf(said);
            for (SdkClient speaker : after) said.add(speaksToAll(speaker, "here", chat, after));
            for (SdkClient client : after)
                assertThat(client.history(chat))
                        .as("history of %s", client)
                        .extracting(Message::text)
                        .containsExactlyElementsOf(said);
        }
    }

    private static String speaksToAll(SdkClient speaker, String where, String chat, List<SdkClient> all) {
        String text = speaker.sdk() + " " + where;
        speaker.sends(chat, text);
        for (SdkClient listener : all) {
            if (listener == speaker) continue;
            assertThat(listener.hears(chat).text()).as("heard by %s", listener).isEqualTo(text);
        }
        return text;
    }
}
