package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkClient.Outcome;
import io.parley.conformance.sdk.SdkClient.Part;
import io.parley.conformance.sdk.WireClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.protocol.proto.OpType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Members that may not speak. Source: semantics 8.2.
@WithSettings({Settings.ROLES, Settings.BLACKLIST})
@ExtendWith(Scenes.class)
class SilenceTest {
    @Proves(Behaviour.SILENCE)
    void a_silenced_member_hears_but_does_not_speak(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);

        assertThat(tom.silences(chat, jerry)).isEqualTo(new Outcome(List.of(jerry.id()), Map.of()));

        Refusals.assertRefused(4563, () -> jerry.sends(chat, "hear me"));
        tom.sends(chat, "not now");
        assertThat(jerry.hears(chat).text()).isEqualTo("not now");

        assertThat(tom.unsilences(chat, jerry)).isEqualTo(new Outcome(List.of(jerry.id()), Map.of()));
        jerry.sends(chat, "thank you");
        assertThat(tom.hears(chat).text()).isEqualTo("thank you");
    }

    @Proves(Behaviour.SILENCE)
    void everybody_is_told_who_was_silenced(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);

        tom.silences(chat, jerry);

        assertThat(jerry.expects("silenced", chat).data().path("by").asText()).isEqualTo(tom.id());
        assertTold(mary, "membersSilenced", chat, jerry, tom);

        tom.unsilences(chat, jerry);

        jerry.expects("unsilenced", chat);
        assertTold(mary, "membersUnsilenced", chat, jerry, tom);
        // The Java SDK tells neither the client that did it, nor one of a list that names nobody else.
        if (sdk != Sdk.JAVA6)
            for (SdkClient told : List.of(tom, jerry)) assertTold(told, "membersUnsilenced", chat, jerry, tom);
        assertThat(mary.wasTold("silenced")).isEmpty();
    }

    private static void assertTold(SdkClient told, String event, String chat, SdkClient target, SdkClient by) {
        var data = told.expects(event, chat).data();
        assertThat(data.path("members")).extracting(name -> name.asText()).containsExactly(target.id());
        assertThat(data.path("by").asText()).isEqualTo(by.id());
    }

    /// The Java SDK fails on every answer with this list.
    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER"})
    void the_silenced_are_listed_in_parts_for_any_member(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        mary.expects("invited", chat);
        tom.silences(chat, jerry, mary);

        Part first = mary.asksForSilenced(chat, 1, "");
        assertThat(first.clients()).containsExactly(jerry.id());
        Part last = mary.asksForSilenced(chat, 1, first.next());
        assertThat(last).isEqualTo(new Part(List.of(mary.id()), ""));
    }

    @Proves(Behaviour.SILENCE)
    void only_higher_roles_silence_and_nobody_frees_itself(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        jerry.expects("invited", chat);
        mary.expects("invited", chat);

        Refusals.assertRefused(4320, () -> jerry.silences(chat, mary));
        tom.givesRole(chat, jerry, "Manager");
        jerry.silences(chat, mary);
        Refusals.assertRefused(4320, () -> jerry.silences(chat, mary, tom));
        tom.silences(chat, jerry);
        Refusals.assertRefused(4320, () -> jerry.unsilences(chat, jerry));
        Refusals.assertRefused(4563, () -> mary.sends(chat, "me neither"));
    }

    @Test
    void one_can_ask_whether_a_client_is_silenced(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        String chat = RawCommands.start(tom, "jerry", "mary");
        tom.asks(RawCommands.conversation(OpType.add_shutup, chat, List.of("mary")));

        assertThat(tom.asks(RawCommands.conversation(OpType.check_shutup, chat, List.of("mary")))
                        .getConvMessage()
                        .getMList())
                .containsExactly("mary");
        assertThat(tom.asks(RawCommands.conversation(OpType.check_shutup, chat, List.of("jerry")))
                        .getConvMessage()
                        .getMList())
                .isEmpty();
    }

    @Test
    void a_client_silenced_in_a_room_hears_but_does_not_speak(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        SdkClient jerry = scene.client(Sdk.JS5, "jerry");
        String room = tom.asks(RawCommands.startRoom()).getConvMessage().getCid();
        jerry.joins(room);

        tom.asks(RawCommands.conversation(OpType.add_shutup, room, List.of(jerry.id())));

        jerry.expects("silenced", room);
        Refusals.assertRefused(4563, () -> jerry.sends(room, "hear me"));
        tom.asks(RawCommands.send(room, "not now"));
        assertThat(jerry.hears(room).content()).isEqualTo("not now");
    }
}
