package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import io.parley.conformance.sdk.WireClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Chat rooms. Source: semantics 4.3.
@ExtendWith(Scenes.class)
class RoomTest {
    @Proves(Behaviour.ROOM)
    void clients_come_and_go_and_only_their_number_tells(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        WireClient counting = scene.rawClient("counting");

        String room = tom.startsRoom("lobby");
        assertThat(RawCommands.membersOnline(counting, room)).containsExactly(tom.id());

        jerry.joins(room);
        assertThat(RawCommands.count(counting, room)).isEqualTo(2);
        assertThat(RawCommands.membersOnline(counting, room)).containsExactlyInAnyOrder(tom.id(), jerry.id());

        jerry.leaves(room);
        assertThat(RawCommands.count(counting, room)).isEqualTo(1);
        fence(tom, jerry);
        assertThat(tom.wasTold()).extracting(SdkEvent::conversation).doesNotContain(room);
        assertThat(jerry.wasTold()).extracting(SdkEvent::conversation).doesNotContain(room);
    }

    @Proves(Behaviour.ROOM)
    void everybody_in_the_room_hears_a_message_but_who_sent_it(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient gone = scene.client(sdk, "gone");
        SdkClient stranger = scene.client(sdk, "stranger");
        String room = tom.startsRoom("lobby");
        jerry.joins(room);
        gone.joins(room);
        gone.leaves(room);

        Message sent = tom.sends(room, "welcome");
        assertThat(jerry.hears(room).text()).isEqualTo("welcome");
        stranger.sends(room, "who may listen?");
        assertThat(tom.hears(room).text()).isEqualTo("who may listen?");
        assertThat(jerry.hears(room).from()).isEqualTo(stranger.id());

        assertThat(tom.wasTold("message")).hasSize(1);
        fence(stranger, gone);
        assertThat(stranger.wasTold("message"))
                .extracting(SdkEvent::conversation)
                .doesNotContain(room);
        assertThat(gone.wasTold("message")).extracting(SdkEvent::conversation).doesNotContain(room);
        assertThat(stranger.history(room)).extracting(Message::id).contains(sent.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"JS3", "JS4", "JS5", "JS5_BROWSER", "PARLEY"})
    void messages_of_every_priority_arrive_while_there_is_no_pressure(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String room = tom.startsRoom("lobby");
        jerry.joins(room);

        for (int priority = 1; priority <= 3; priority++)
            tom.sends(room, Map.of("text", "priority " + priority, "priority", priority));

        for (int priority = 1; priority <= 3; priority++)
            assertThat(jerry.hears(room).text()).isEqualTo("priority " + priority);
    }

    @Proves(Behaviour.ROOM)
    void a_client_listens_in_one_room_at_a_time(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String first = tom.startsRoom("first");
        String second = jerry.startsRoom("second");

        tom.joins(second);

        jerry.sends(first, "is Tom here?");
        jerry.sends(second, "or here?");
        assertThat(tom.hears(second).text()).isEqualTo("or here?");
        assertThat(tom.wasTold("message")).hasSize(1);
        assertThat(RawCommands.count(scene.rawClient("counting"), first)).isZero();
    }

    @Proves(Behaviour.ROOM_RETURN)
    void who_drops_out_of_the_room_is_put_back(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String room = tom.startsRoom("lobby");

        tom.losesItsSocket();
        tom.expects("reconnected");

        jerry.sends(room, "still there?");
        assertThat(tom.hears(room).text()).isEqualTo("still there?");
    }

    /// Generation 2 never logs out, it only closes the socket: a drop. Source: legacy-json 14, Q1.
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JS2", "JS2_BROWSER"})
    void who_logged_out_of_the_room_is_not_put_back(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        WireClient counting = scene.rawClient("counting");
        String room = tom.startsRoom("lobby");
        assertThat(RawCommands.count(counting, room)).isEqualTo(1);

        tom.closes();
        scene.again(tom);

        assertThat(RawCommands.count(counting, room)).isZero();
    }

    @Test
    void who_left_the_room_before_it_dropped_is_not_put_back(Scene scene) {
        SdkClient tom = scene.client(Sdk.JS5, "tom");
        WireClient counting = scene.rawClient("counting");
        String room = tom.startsRoom("lobby");
        tom.leaves(room);

        tom.losesItsSocket();
        tom.expects("reconnected");

        assertThat(RawCommands.count(counting, room)).isZero();
    }

    @Test
    void clients_of_the_json_protocol_put_others_into_a_room_and_out_again(Scene scene) {
        SdkClient tom = scene.client(Sdk.JS2, "tom");
        SdkClient jerry = scene.client(Sdk.JS5, "jerry");
        WireClient counting = scene.rawClient("counting");
        String room = tom.startsRoom("lobby");

        tom.adds(room, jerry);
        assertThat(RawCommands.membersOnline(counting, room)).contains(jerry.id());
        tom.sends(room, "come in");
        assertThat(jerry.hears(room).text()).isEqualTo("come in");

        tom.removes(room, jerry);
        assertThat(RawCommands.membersOnline(counting, room)).containsExactly(tom.id());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JS2", "JS2_BROWSER"})
    void later_clients_put_nobody_else_into_a_room_or_out(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String room = tom.startsRoom("lobby");
        jerry.joins(room);

        Refusals.assertRefused(4314, () -> tom.adds(room, jerry));
        Refusals.assertRefused(4314, () -> tom.removes(room, jerry));

        tom.sends(room, "still with us");
        assertThat(jerry.hears(room).text()).isEqualTo("still with us");
    }

    /// After it, both have heard whatever was sent to them before.
    private static void fence(SdkClient one, SdkClient other) {
        String aside = one.startsConversationWith(other);
        one.sends(aside, "fence");
        other.hears(aside);
        other.sends(aside, "fence");
        one.hears(aside);
    }
}
