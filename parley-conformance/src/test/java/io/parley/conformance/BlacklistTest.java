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

/// Clients that a conversation keeps out. Source: semantics 8.3.
@WithSettings({Settings.ROLES, Settings.BLACKLIST})
@ExtendWith(Scenes.class)
class BlacklistTest {
    @Proves(Behaviour.BLACKLIST)
    void a_blocked_member_is_out_and_everybody_is_told(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);

        assertThat(tom.blocks(chat, jerry)).isEqualTo(new Outcome(List.of(jerry.id()), Map.of()));

        assertThat(jerry.expects("blocked", chat).data().path("by").asText()).isEqualTo(tom.id());
        assertThat(jerry.expects("kicked", chat).data().path("by").asText()).isEqualTo(tom.id());
        assertTold(mary, "membersBlocked", chat, jerry, tom);
        assertTold(mary, "membersLeft", chat, jerry, tom);
        assertTold(tom, "membersLeft", chat, jerry, tom);
        // The Java SDK does not tell the client that did it.
        if (sdk != Sdk.JAVA6) assertTold(tom, "membersBlocked", chat, jerry, tom);
        assertThat(tom.fetches(chat).members()).containsExactlyInAnyOrder(tom.id(), mary.id());
    }

    @Proves(Behaviour.BLACKLIST)
    void who_is_blocked_does_not_come_in_until_it_is_let_in_again(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);
        tom.blocks(chat, jerry);
        jerry.expects("kicked", chat);

        Refusals.assertRefused(4548, () -> jerry.joins(chat));

        assertThat(tom.unblocks(chat, jerry)).isEqualTo(new Outcome(List.of(jerry.id()), Map.of()));
        assertThat(jerry.expects("unblocked", chat).data().path("by").asText()).isEqualTo(tom.id());
        if (sdk != Sdk.JAVA6) assertTold(tom, "membersUnblocked", chat, jerry, tom);
        jerry.joins(chat);
        jerry.sends(chat, "I am back");
        assertThat(tom.hears(chat).text()).isEqualTo("I am back");
    }

    private static void assertTold(SdkClient told, String event, String chat, SdkClient target, SdkClient by) {
        var data = told.expects(event, chat).data();
        assertThat(data.path("members")).extracting(name -> name.asText()).containsExactly(target.id());
        assertThat(data.path("by").asText()).isEqualTo(by.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER", "PARLEY"})
    void others_are_added_when_one_of_them_is_blocked(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry);
        tom.blocks(chat, jerry);

        assertThat(tom.addsSome(chat, jerry, mary))
                .isEqualTo(new Outcome(List.of(mary.id()), Map.of(jerry.id(), 4548)));
        mary.expects("invited", chat);
    }

    /// The Java SDK fails on every answer with this list.
    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER"})
    void the_blocked_are_listed_in_parts(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        tom.blocks(chat, jerry, mary);

        Part first = tom.asksForBlocked(chat, 1, "");
        assertThat(first.clients()).containsExactly(jerry.id());
        Part last = tom.asksForBlocked(chat, 1, first.next());
        assertThat(last).isEqualTo(new Part(List.of(mary.id()), ""));
    }

    @Proves(Behaviour.BLACKLIST)
    void managers_block_members_only_and_lose_their_role_when_blocked(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        jerry.expects("invited", chat);
        Refusals.assertRefused(4320, () -> jerry.blocks(chat, mary));
        tom.givesRole(chat, jerry, "Manager");
        jerry.expects("roleChanged", chat);
        Refusals.assertRefused(4320, () -> jerry.blocks(chat, tom));
        jerry.blocks(chat, mary);

        tom.blocks(chat, jerry);
        tom.unblocks(chat, jerry);
        jerry.expects("unblocked", chat);
        jerry.joins(chat);

        assertThat(tom.asksForRoles(chat)).doesNotContainValue("Manager");
    }

    @Test
    void one_can_ask_whether_a_client_is_blocked(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        String chat = RawCommands.start(tom, "jerry");
        tom.asks(RawCommands.blacklist(OpType.block, chat, "jerry"));

        assertThat(tom.asks(RawCommands.blacklist(OpType.check_block, chat, "jerry", "mary"))
                        .getBlacklistMessage()
                        .getBlockedPidsList())
                .containsExactly("jerry");
    }

    @Test
    void who_is_blocked_in_a_room_is_out_and_does_not_come_back(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        SdkClient jerry = scene.client(Sdk.JS5, "jerry");
        String room = tom.asks(RawCommands.startRoom()).getConvMessage().getCid();
        jerry.joins(room);

        tom.asks(RawCommands.blacklist(OpType.block, room, jerry.id()));

        jerry.expects("blocked", room);
        assertThat(RawCommands.membersOnline(tom, room)).containsExactly(tom.id());
        Refusals.assertRefused(4548, () -> jerry.joins(room));
        Refusals.assertRefused(4548, () -> jerry.sends(room, "let me in"));
    }
}
