package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Conversation;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.List;
import java.util.Map;

class QueryTest {
    @Proves(Behaviour.QUERY)
    void a_member_finds_the_conversation_with_its_last_message(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        SdkClient harry = scene.client(other, "harry");
        String chat = tom.startsConversation(Map.of("name", "with Jerry"), jerry);
        tom.startsConversation(Map.of("name", "with Harry"), harry);
        Message sent = tom.sends(chat, "the last word");

        List<Conversation> found = jerry.finds(Map.of("members", List.of(tom.id(), jerry.id()), "lastMessages", true));

        assertThat(found).extracting(Conversation::id).containsExactly(chat);
        assertThat(found.getFirst().name()).isEqualTo("with Jerry");
        assertThat(found.getFirst().members()).containsExactlyInAnyOrder(tom.id(), jerry.id());
        assertThat(found.getFirst().lastMessage()).map(Message::id).contains(sent.id());
        assertThat(found.getFirst().lastMessage()).map(Message::from).contains(tom.id());
    }

    @Proves(Behaviour.SORTED_QUERY)
    void found_conversations_can_be_sorted_limited_and_skipped(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        for (String name : List.of("b", "d", "a", "c")) tom.startsConversation(Map.of("name", name));

        Map<String, Object> mine = Map.of("members", List.of(tom.id()), "ascending", "name");
        assertThat(tom.finds(mine)).extracting(Conversation::name).containsExactly("a", "b", "c", "d");
        Map<String, Object> page = Map.of("members", List.of(tom.id()), "descending", "name", "limit", 2, "skip", 1);
        assertThat(tom.finds(page)).extracting(Conversation::name).containsExactly("c", "b");
        Map<String, Object> named = Map.of("members", List.of(tom.id()), "name", "d");
        assertThat(tom.finds(named)).extracting(Conversation::name).containsExactly("d");
    }

    @Proves(Behaviour.UNIQUE)
    void the_unique_conversation_of_two_is_found_by_both(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");

        String chat = tom.startsConversation(Map.of("unique", true), jerry);

        assertThat(tom.startsConversation(Map.of("unique", true), jerry)).isEqualTo(chat);
        assertThat(jerry.startsConversation(Map.of("unique", true), tom)).isEqualTo(chat);
        assertThat(tom.startsConversationWith(jerry)).isNotEqualTo(chat);
    }

    @Proves(Behaviour.COUNT)
    void members_are_counted(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient harry = scene.client(sdk, "harry");
        String chat = tom.startsConversationWith(jerry, harry);
        assertThat(tom.countsMembers(chat)).isEqualTo(3);
        harry.leaves(chat);
        assertThat(tom.countsMembers(chat)).isEqualTo(2);
    }

    @Proves(Behaviour.PRESENCE)
    void who_is_online_is_told_on_request(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        assertThat(tom.asksWhoIsOnline(jerry.id(), "nobody")).containsExactly(jerry.id());
    }
}
