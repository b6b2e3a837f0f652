package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;

class MembershipTest {
    @Proves(Behaviour.MEMBERSHIP)
    void adding_and_removing_is_told_to_everybody_concerned(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient harry = scene.client(sdk, "harry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expectsInvitation(chat);

        tom.adds(chat, harry);
        assertThat(by(harry.expects("invited", chat))).isEqualTo(tom.id());
        assertThat(told(jerry, "membersJoined", chat)).isEqualTo("[\"" + harry.id() + "\"] by " + tom.id());
        assertThat(jerry.fetches(chat).members()).containsExactlyInAnyOrder(tom.id(), jerry.id(), harry.id());

        tom.removes(chat, harry);
        assertThat(by(harry.expects("kicked", chat))).isEqualTo(tom.id());
        assertThat(told(jerry, "membersLeft", chat)).isEqualTo("[\"" + harry.id() + "\"] by " + tom.id());
        assertThat(jerry.fetches(chat).members()).containsExactlyInAnyOrder(tom.id(), jerry.id());
    }

    @Proves(Behaviour.MEMBERSHIP)
    void joining_and_leaving_is_told_to_the_others(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient harry = scene.client(sdk, "harry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expectsInvitation(chat);

        harry.joins(chat);
        assertThat(told(jerry, "membersJoined", chat)).isEqualTo("[\"" + harry.id() + "\"] by " + harry.id());
        harry.sends(chat, "hello, all");
        assertThat(jerry.hears(chat).from()).isEqualTo(harry.id());

        harry.leaves(chat);
        assertThat(told(jerry, "membersLeft", chat)).isEqualTo("[\"" + harry.id() + "\"] by " + harry.id());
    }

    @Proves(Behaviour.MEMBERSHIP)
    void who_left_receives_nothing_more(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient harry = scene.client(sdk, "harry");
        String chat = tom.startsConversationWith(harry);
        String fence = tom.startsConversationWith(harry);
        harry.leaves(chat);

        tom.sends(chat, "still there?");
        tom.sends(fence, "fence");

        assertThat(harry.hears(fence).text()).isEqualTo("fence");
        assertThat(harry.wasTold("message")).hasSize(1);
    }

    private static String by(SdkEvent event) {
        return event.data().path("by").asText();
    }

    private static String told(SdkClient client, String event, String chat) {
        SdkEvent told = client.expects(event, chat);
        return told.data().path("members") + " by " + by(told);
    }
}
