package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkClient.Outcome;
import io.parley.conformance.sdk.SdkEvent;
import io.parley.conformance.sdk.WireClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.protocol.proto.ErrorCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Owner, manager, member. Source: semantics 8.1.
@WithSettings({Settings.ROLES, Settings.BLACKLIST})
@ExtendWith(Scenes.class)
class RoleTest {
    @Proves(Behaviour.ROLES)
    void the_owner_makes_a_member_a_manager_and_everybody_is_told(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        mary.expects("invited", chat);
        assertThat(mary.asksForRoles(chat)).doesNotContainValue("Manager");

        tom.givesRole(chat, jerry, "Manager");

        for (SdkClient told : List.of(tom, jerry, mary)) {
            SdkEvent changed = told.expects("roleChanged", chat);
            assertThat(changed.data().path("member").asText()).isEqualTo(jerry.id());
            assertThat(changed.data().path("role").asText()).isEqualTo("Manager");
            assertThat(changed.data().path("by").asText()).isEqualTo(tom.id());
        }
        assertThat(mary.asksForRoles(chat))
                .containsEntry(jerry.id(), "Manager")
                .doesNotContainEntry(mary.id(), "Owner");

        tom.givesRole(chat, jerry, "Member");
        mary.expects("roleChanged", chat);
        assertThat(mary.asksForRoles(chat)).doesNotContainValue("Manager");
    }

    @Proves(Behaviour.ROLES)
    void nobody_promotes_itself(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);

        Refusals.assertRefused(4320, () -> jerry.givesRole(chat, jerry, "Manager"));
    }

    @Proves(Behaviour.ROLES)
    void the_owner_does_not_leave(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Refusals.assertRefused(4324, () -> tom.leaves(chat));
        jerry.expects("invited", chat);
        jerry.leaves(chat);
        assertThat(tom.fetches(chat).members()).containsExactly(tom.id());
    }

    @Proves(Behaviour.ROLES)
    void members_remove_nobody(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        jerry.expects("invited", chat);

        Refusals.assertRefused(4320, () -> jerry.removes(chat, mary));
        tom.givesRole(chat, jerry, "Manager");
        jerry.removes(chat, mary);
        assertThat(tom.fetches(chat).members()).containsExactlyInAnyOrder(tom.id(), jerry.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER", "PARLEY"})
    void a_manager_removes_a_member_but_not_the_owner_in_the_same_call(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        jerry.expects("invited", chat);
        tom.givesRole(chat, jerry, "Manager");

        Outcome outcome = jerry.removesSome(chat, tom, mary);

        assertThat(outcome).isEqualTo(new Outcome(List.of(mary.id()), Map.of(tom.id(), 4324)));
        assertThat(mary.expects("kicked", chat).data().path("by").asText()).isEqualTo(jerry.id());
        assertThat(tom.wasTold("kicked")).isEmpty();
    }

    @Test
    void who_leaves_loses_the_role(Scene scene) {
        SdkClient tom = scene.client(Sdk.JS5, "tom");
        SdkClient jerry = scene.client(Sdk.JS5, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expectsInvitation(chat);
        tom.givesRole(chat, jerry, "Manager");
        jerry.expects("roleChanged", chat);

        jerry.leaves(chat);
        // Its SDK forgets who is in it when it is told of that, which may be after the answer.
        jerry.expects("kicked", chat);
        jerry.joins(chat);
        jerry.expectsInvitation(chat);

        assertThat(jerry.asksForRoles(chat)).containsEntry(jerry.id(), "Member").containsEntry(tom.id(), "Owner");
    }

    @Test
    void a_refused_member_is_named_with_code_and_reason(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        String chat = RawCommands.start(tom, "jerry");

        ErrorCommand failed = tom.asks(RawCommands.remove(chat, tom.id(), "jerry"))
                .getConvMessage()
                .getFailedPids(0);

        assertThat(failed.getCode()).isEqualTo(4324);
        assertThat(failed.getReason()).isEqualTo("CONVERSATION_NEED_OWNER");
        assertThat(failed.getPidsList()).containsExactly(tom.id());
    }

    @Test
    void roles_are_asked_for_in_parts_and_by_members_only(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        WireClient stranger = scene.rawClient("stranger");
        String chat = RawCommands.start(tom, "jerry", "mary");
        tom.asks(RawCommands.setRole(chat, "jerry", "Manager"));
        tom.asks(RawCommands.setRole(chat, "mary", "Manager"));
        String path = "/1.1/classes/_ConversationMemberInfo?cid=" + chat + "&client_id=";

        JsonNode part = scene.gets(path + tom.id() + "&limit=1&skip=1", tom.token());
        assertThat(part.path("results"))
                .extracting(row -> row.path("clientId").asText())
                .containsExactly("mary");
        assertThat(scene.gets(path + stranger.id(), stranger.token())
                        .path("code")
                        .asInt())
                .isEqualTo(4317);
        assertThat(scene.gets(path + tom.id(), stranger.token()).path("code").asInt())
                .isEqualTo(401);
        assertThat(scene.gets(path + tom.id(), "forged").path("code").asInt()).isEqualTo(4112);
    }

    @Test
    void there_are_two_roles_to_give_and_only_members_have_one(Scene scene) {
        WireClient tom = scene.rawClient("tom");
        String chat = RawCommands.start(tom, "jerry");

        assertThat(tom.isRefused(RawCommands.setRole(chat, "jerry", "King"))).isEqualTo(4321);
        assertThat(tom.isRefused(RawCommands.setRole(chat, "jerry", "Owner"))).isEqualTo(4321);
        assertThat(tom.isRefused(RawCommands.setRole(chat, "mary", "Manager"))).isEqualTo(4317);
    }
}
