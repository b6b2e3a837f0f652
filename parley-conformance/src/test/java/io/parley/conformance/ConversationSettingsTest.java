package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Conversation;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class ConversationSettingsTest {
    @Proves(Behaviour.ATTRIBUTES)
    void a_changed_name_and_attribute_is_seen_by_the_others(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversation(Map.of("name", "lunch", "topic", "cheese"), jerry);

        tom.changes(chat, Map.of("name", "dinner", "attr.topic", "more cheese"));

        Conversation seen = jerry.fetches(chat);
        assertThat(seen.name()).isEqualTo("dinner");
        assertThat(seen.topic()).isEqualTo("more cheese");
    }

    @Test
    @ExtendWith(Scenes.class)
    void attributes_that_are_no_json_are_refused_and_the_client_goes_on(Scene scene) {
        SdkClient tom = scene.client(Sdk.JAVA6, "tom");
        SdkClient jerry = scene.client(Sdk.JAVA6, "jerry");
        String chat = tom.startsConversation(Map.of("name", "lunch"), jerry);

        Refusals.assertRefused(4306, () -> tom.changes(chat, Map.of("name", "dinner")));

        assertThat(jerry.fetches(chat).name()).isEqualTo("lunch");
        tom.sends(chat, "still here");
        assertThat(jerry.hears(chat).text()).isEqualTo("still here");
    }

    @Proves(Behaviour.CHANGE_NOTICES)
    void a_member_is_told_of_a_change(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(Sdk.JS5, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversation(Map.of("name", "lunch"), jerry);
        jerry.expects("invited", chat);

        tom.changes(chat, Map.of("name", "dinner"));

        SdkEvent told = jerry.expects("updated", chat);
        assertThat(told.data().path("by").asText()).isEqualTo(tom.id());
        assertThat(told.data().path("attributes").path("name").asText()).isEqualTo("dinner");
        assertThat(jerry.knows(chat).name()).isEqualTo("dinner");
    }

    @Proves(Behaviour.MUTE)
    void a_member_can_mute_the_conversation_and_still_hears_it(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        jerry.mutes(chat);
        // The JavaScript SDKs show the server's list of who muted; another login has nothing else to go by.
        SdkClient laptop = scene.client(Sdk.JS5, "jerrys-laptop");
        assertThat(laptop.fetches(chat).mutedMembers()).containsExactly(jerry.id());
        tom.sends(chat, "psst");
        assertThat(jerry.hears(chat).text()).isEqualTo("psst");

        jerry.unmutes(chat);
        assertThat(laptop.fetches(chat).mutedMembers()).isEmpty();
    }
}
