package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembersTest extends TwoDevices {
    @Test
    void each_handler_of_members_is_called_once_for_those_concerned() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMClient mary = laptop.enters("Mary");
        AVIMConversation chat = talk(tom, jerry);
        String maryId = mary.getClientId();
        assertThat(laptop.events.next("invited", jerry.getClientId()).by()).isEqualTo(tom.getClientId());

        await(chat.addMembers(List.of(maryId)));
        assertThat(laptop.events.next("invited", maryId).by()).isEqualTo(tom.getClientId());
        Events.Event joined = laptop.events.next("joined", jerry.getClientId());
        assertThat(joined.members()).containsExactly(maryId);
        assertThat(joined.conversation().getMembers()).contains(maryId);
        assertThat(chat.getMembers()).contains(maryId);

        await(chat.kickMembers(List.of(maryId)));
        assertThat(laptop.events.next("kicked", maryId).by()).isEqualTo(tom.getClientId());
        assertThat(laptop.events.next("left", jerry.getClientId()).members()).containsExactly(maryId);

        await(of(mary, chat).join());
        assertThat(laptop.events.next("joined", jerry.getClientId()).by()).isEqualTo(maryId);
        await(of(mary, chat).quit());
        assertThat(laptop.events.next("left", jerry.getClientId()).by()).isEqualTo(maryId);

        assertThat(laptop.events.all("invited")).hasSize(2);
        assertThat(laptop.events.all("kicked")).hasSize(1);
        assertThat(laptop.events.all("joined").stream().filter(event -> event.client() == mary))
                .as("who joins by itself is told of it as everybody is")
                .hasSize(1);
    }

    @Test
    void who_has_quit_is_refused_and_hears_nothing() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        AVIMConversation other = talk(tom, jerry);
        await(of(jerry, chat).quit());

        say(chat, "still there?");
        say(other, "a fence");

        assertThat(laptop.hears()).isEqualTo("a fence");
        assertThat(failure(of(jerry, chat).sendMessage(new AVIMTextMessage("no")))
                        .getCode())
                .isEqualTo(4401);
    }

    @Test
    void members_are_counted_by_the_server() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        assertThat(await(chat.getMemberCount())).isEqualTo(2);

        await(of(jerry, chat).quit());

        assertThat(await(chat.getMemberCount())).isEqualTo(1);
    }

    @Test
    void a_new_name_and_attributes_are_told_to_all_members() {
        AVIMClient black = phone.enters("Black");
        AVIMClient tom = laptop.enters("Tom");
        AVIMConversation chat = await(black.createConversation(
                List.of(tom.getClientId()), "Tom's room", Map.of("keep", "this", "drop", "that")));
        chat.setName("Room of the cats");
        chat.setAttribute("level", 7);
        chat.removeAttribute("drop");
        assertThat(chat.getName()).isEqualTo("Room of the cats");

        await(chat.updateInfoInBackground());

        Events.Event changed = laptop.events.next("changed");
        assertThat(changed.by()).isEqualTo(black.getClientId());
        for (AVIMConversation each : List.of(chat, changed.conversation())) {
            assertThat(each.getName()).isEqualTo("Room of the cats");
            assertThat(each.getAttributes()).isEqualTo(Map.of("keep", "this", "level", 7));
        }
        AVIMConversation fetched = await(of(tom, chat).fetchInfoInBackground());
        assertThat(fetched.getAttributes()).isEqualTo(Map.of("keep", "this", "level", 7));
    }

    @Test
    void a_muted_conversation_says_so_until_it_is_not() {
        AVIMClient tom = phone.enters("Tom");
        AVIMConversation chat = await(tom.createConversation(List.of("Nobody")));

        await(chat.mute());
        assertThat(chat.isMuted()).isTrue();
        assertThat(await(chat.fetchInfoInBackground()).isMuted()).isTrue();
        await(chat.unmute());

        assertThat(chat.isMuted()).isFalse();
    }

    @Test
    void a_group_talks_by_the_same_calls_as_two() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient[] friends = {
            laptop.enters("Jerry"), laptop.enters("Bob"), laptop.enters("Harry"), laptop.enters("William")
        };

        say(talk(tom, friends), "party at mine");

        for (AVIMClient friend : friends)
            assertThat(laptop.events
                            .next("message", friend.getClientId())
                            .message()
                            .getContent())
                    .contains("party at mine");
    }
}
