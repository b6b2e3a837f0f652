package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest extends TwoDevices {
    @Test
    void a_room_is_made_by_a_flag_and_counts_who_is_there() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        CompletableFuture<AVIMConversation> made = new CompletableFuture<>();
        tom.createConversation(
                List.of(), "HelloKitty PK 加菲猫", Map.of("topic", "cats"), true, (room, e) -> made.complete(room));
        AVIMConversation room = await(made);
        assertThat(room.isTransient()).isTrue();
        assertThat(await(room.getMemberCount())).isEqualTo(1);

        await(of(jerry, room).join());

        assertThat(await(room.getMemberCount())).isEqualTo(2);
        assertThat(await(room.getOnlineMembers())).containsExactlyInAnyOrder(tom.getClientId(), jerry.getClientId());
        AVIMConversation fetched = await(of(jerry, room).fetchInfoInBackground());
        assertThat(fetched.isTransient()).isTrue();
        assertThat(fetched.getAttributes()).isEqualTo(Map.of("topic", "cats"));
        await(of(jerry, room).quit());
        assertThat(await(room.getMemberCount())).isEqualTo(1);
    }

    @Test
    void who_is_in_the_room_hears_what_is_said_and_its_history_can_be_read() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation room = await(tom.createChatRoom("lobby", null));
        await(of(jerry, room).join());

        AVIMMessage sent = await(room.sendMessage(
                new AVIMTextMessage("welcome"),
                new AVIMMessageOption().setPriority(AVIMMessageOption.MessagePriority.High)));

        assertThat(laptop.hears()).isEqualTo("welcome");
        assertThat(await(of(jerry, room).queryMessages())).containsExactly(sent);
    }

    @Test
    void a_temporary_conversation_talks_and_tells_its_life() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");

        AVIMConversation brief = await(tom.createTemporaryConversation(List.of(jerry.getClientId()), 3600));
        await(brief.sendMessage(new AVIMTextMessage("just for now")));

        Events.Event heard = laptop.events.next("message");
        assertThat(((AVIMTextMessage) heard.message()).getText()).isEqualTo("just for now");
        assertThat(brief.isTemporary()).isTrue();
        assertThat(brief.getTemporaryExpiredat()).isEqualTo(3600);
        assertThat(heard.conversation().isTemporary()).isTrue();
        assertThat(await(of(jerry, brief).fetchInfoInBackground()).getMembers()).contains(tom.getClientId());
    }

    @Test
    void a_will_is_delivered_when_the_connection_drops() {
        AVIMClient jerry = laptop.enters("Jerry");
        try (FaultProxy network = new FaultProxy(server.port());
                Device fragile = Device.of(server, options -> options.socketUrl(network.url()))) {
            AVIMClient tom = fragile.enters("Tom");
            AVIMConversation chat = talk(tom, jerry);
            await(chat.sendMessage(new AVIMTextMessage("I am gone"), new AVIMMessageOption().setWill(true)));
            network.refuses(true);

            network.cuts();

            assertThat(laptop.hears()).isEqualTo("I am gone");
        }
    }

    @Test
    void fetching_what_is_not_there_says_so() {
        AVIMClient tom = phone.enters("Tom");

        assertThat(failure(tom.getConversation("000000000000000000000000").fetchInfoInBackground())
                        .getCode())
                .isEqualTo(AVIMException.CONVERSATION_NOT_FOUND);
    }
}
