package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Conversation;
import io.parley.conformance.sdk.Feature;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import java.util.List;
import java.util.Map;

class OfflineTest {
    @Proves(Behaviour.UNREAD)
    void after_a_time_offline_the_unread_messages_are_counted(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);
        jerry.closes();
        Message last = tom.sends(chat, "1");
        for (String text : List.of("2", "3")) last = tom.sends(chat, text);

        SdkClient back = scene.again(jerry);

        Conversation unread = back.expectsUnread(chat, 3);
        assertThat(unread.lastMessage()).map(Message::id).contains(last.id());
        assertThat(back.history(chat)).extracting(Message::text).containsExactly("1", "2", "3");
        back.reads(chat);
        tom.sends(chat, "4");
        assertThat(back.hears(chat).text()).isEqualTo("4");
        assertThat(back.wasTold("message")).hasSize(1);
    }

    @Proves(Behaviour.PUSHED)
    void after_a_time_offline_the_missed_messages_are_pushed_once(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.clientThatGetsMissedMessages(other, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);
        tom.sends(chat, "0");
        jerry.hears(chat);
        jerry.closes();
        for (String text : List.of("1", "2", "3")) tom.sends(chat, text);

        SdkClient back = scene.again(jerry);

        for (String text : List.of("1", "2", "3"))
            assertThat(back.hears(chat).text()).isEqualTo(text);
        tom.sends(chat, "4");
        assertThat(back.hears(chat).text()).isEqualTo("4");
        assertThat(back.wasTold("message")).hasSize(4);
    }

    @Proves(Behaviour.RESUME)
    void a_client_that_paused_comes_back_with_its_token_and_its_unread(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.clientInOwnProgram(sdk, "jerry", Map.of());
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);
        jerry.goesOffline();
        jerry.expects("disconnected");
        tom.sends(chat, "1");
        tom.sends(chat, "2");

        jerry.comesBack();

        jerry.expectsUnread(chat, 2);
        if (sdk.has(Feature.CATCHING_UP))
            for (String missed : List.of("1", "2"))
                assertThat(jerry.hears(chat).text()).isEqualTo(missed);
        tom.sends(chat, "3");
        assertThat(jerry.hears(chat).text()).isEqualTo("3");
        jerry.sends(chat, "here again");
        assertThat(tom.hears(chat).text()).isEqualTo("here again");
    }

    @Proves(Behaviour.RECONNECT)
    void a_client_whose_socket_dies_comes_back_by_itself(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);

        jerry.losesItsSocket();
        jerry.expects("disconnected");
        tom.sends(chat, "are you there?");
        jerry.expects("reconnected");

        tom.sends(chat, "now?");
        Message heard = jerry.hears(chat);
        // Generation 2 is sent what it missed, the others look it up, by themselves or not.
        if (heard.offline() || sdk.has(Feature.CATCHING_UP)) {
            assertThat(heard.text()).isEqualTo("are you there?");
            heard = jerry.hears(chat);
        }
        assertThat(heard.text()).isEqualTo("now?");
        assertThat(jerry.history(chat)).extracting(Message::text).containsExactly("are you there?", "now?");
    }

    @Proves(Behaviour.REPLAYED_NOTICES)
    void membership_notices_missed_while_away_are_replayed(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient harry = scene.client(sdk, "harry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expectsInvitation(chat);
        jerry.goesOffline();
        tom.adds(chat, harry);

        jerry.comesBack();

        SdkEvent missed = jerry.expects("membersJoined", chat);
        assertThat(missed.data().path("members")).hasToString("[\"" + harry.id() + "\"]");
        assertThat(missed.data().path("by").asText()).isEqualTo(tom.id());
    }
}
