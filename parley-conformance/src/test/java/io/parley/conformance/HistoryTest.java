package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class HistoryTest {
    @Proves(Behaviour.HISTORY)
    void pages_from_new_to_old_give_every_message_once(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);
        List<Message> sent = sendsSeven(tom, chat);

        List<Message> newest = jerry.history(chat, Map.of("limit", 3));
        assertThat(texts(newest)).containsExactly("5", "6", "7");
        List<Message> middle = jerry.history(chat, before(newest.getFirst()));
        assertThat(texts(middle)).containsExactly("2", "3", "4");
        List<Message> oldest = jerry.history(chat, before(middle.getFirst()));
        assertThat(texts(oldest)).containsExactly("1");
        assertThat(jerry.history(chat, before(oldest.getFirst()))).isEmpty();

        assertThat(oldest.getFirst().id()).isEqualTo(sent.getFirst().id());
        assertThat(oldest.getFirst().timestamp()).isEqualTo(sent.getFirst().timestamp());
        assertThat(oldest.getFirst().from()).isEqualTo(tom.id());
    }

    @Proves(Behaviour.FORWARD_HISTORY)
    void pages_from_old_to_new_give_every_message_once(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        sendsSeven(tom, chat);

        List<Message> first = jerry.history(chat, Map.of("limit", 3, "oldToNew", true));
        assertThat(texts(first)).containsExactly("1", "2", "3");
        Map<String, Object> after = SdkClient.from(first.getLast(), false);
        List<Message> second = jerry.history(chat, Map.of("limit", 3, "oldToNew", true, "start", after));
        assertThat(texts(second)).containsExactly("4", "5", "6");
        Map<String, Object> with = SdkClient.from(second.getLast(), true);
        List<Message> third = jerry.history(chat, Map.of("limit", 3, "oldToNew", true, "start", with));
        assertThat(texts(third)).containsExactly("6", "7");
    }

    @Proves(Behaviour.FORWARD_HISTORY)
    void a_range_between_two_messages_has_open_or_closed_ends(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        List<Message> sent = sendsSeven(tom, chat);

        Map<String, Object> range = Map.of(
                "limit",
                100,
                "oldToNew",
                true,
                "start",
                SdkClient.from(sent.get(1), false),
                "end",
                SdkClient.from(sent.get(4), true));
        assertThat(texts(jerry.history(chat, range))).containsExactly("3", "4", "5");
        Map<String, Object> backwards = Map.of(
                "limit", 100,
                "start", SdkClient.from(sent.get(4), true),
                "end", SdkClient.from(sent.get(1), false));
        assertThat(texts(jerry.history(chat, backwards))).containsExactly("3", "4", "5");
    }

    @Proves(Behaviour.FORWARD_HISTORY)
    void history_of_one_type_leaves_the_others_out(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        tom.sends(chat, "typed");
        tom.sends(chat, Map.of("content", "{\"_lctype\":7,\"pinned\":true}"));
        tom.sends(chat, Map.of("content", "untyped"));

        assertThat(texts(jerry.history(chat, Map.of("type", -1, "limit", 10)))).containsExactly("typed");
        assertThat(jerry.history(chat, Map.of("limit", 10))).hasSize(3);
    }

    private static List<Message> sendsSeven(SdkClient tom, String chat) {
        List<Message> sent = new ArrayList<>();
        for (int i = 1; i <= 7; i++) sent.add(tom.sends(chat, String.valueOf(i)));
        return sent;
    }

    private static Map<String, Object> before(Message message) {
        return Map.of("limit", 3, "start", SdkClient.from(message, false));
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }
}
