package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Feature;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.Map;

class PatchTest {
    @Proves(Behaviour.EDIT)
    void an_edited_message_is_told_and_kept(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);
        Message sent = tom.sends(chat, "lunch at one");
        jerry.hears(chat);

        tom.edits(sent, "lunch at two");

        if (other.has(Feature.EDITING)) {
            JsonNode told = jerry.expects("edited", chat).data();
            assertThat(told.path("id").asText()).isEqualTo(sent.id());
            assertThat(told.path("text").asText()).isEqualTo("lunch at two");
        }
        Message kept = jerry.history(chat).getLast();
        assertThat(kept.text()).isEqualTo("lunch at two");
        assertThat(kept.id()).isEqualTo(sent.id());
        assertThat(kept.timestamp()).isEqualTo(sent.timestamp());
    }

    @Proves(Behaviour.RECALL)
    void a_recalled_message_is_told_and_its_content_gone(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);
        Message sent = tom.sends(chat, "I did not say this");
        jerry.hears(chat);

        tom.recalls(sent);

        if (other.has(Feature.RECALLING)) {
            JsonNode told = jerry.expects("recalled", chat).data();
            assertThat(told.path("id").asText()).isEqualTo(sent.id());
        }
        Message kept = jerry.history(chat).getLast();
        assertThat(kept.id()).isEqualTo(sent.id());
        assertThat(kept.recalled()).isTrue();
        assertThat(kept.text()).isEmpty();
    }

    @Proves(Behaviour.PATCH_SYNC)
    void what_was_edited_and_recalled_while_away_is_told_on_return(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.clientInOwnProgram(sdk, "jerry", Map.of());
        String chat = tom.startsConversationWith(jerry);
        Message edited = tom.sends(chat, "draft");
        Message recalled = tom.sends(chat, "gossip");
        jerry.hears(chat);
        jerry.hears(chat);
        jerry.goesOffline();
        jerry.expects("disconnected");
        tom.edits(edited, "final");
        tom.recalls(recalled);

        jerry.comesBack();

        assertThat(jerry.expects("edited", chat).data().path("text").asText()).isEqualTo("final");
        assertThat(jerry.expects("recalled", chat).data().path("id").asText()).isEqualTo(recalled.id());
    }

    @Proves(Behaviour.PATCH_SYNC)
    void somebody_elses_message_cannot_be_changed(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        Message sent = tom.sends(chat, "my words");
        jerry.hears(chat);

        Refusals.assertRefused(4403, () -> jerry.edits(sent, "your words"));
        assertThat(tom.history(chat).getLast().text()).isEqualTo("my words");
    }
}
