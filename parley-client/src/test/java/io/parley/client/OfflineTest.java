package io.parley.client;

import static io.parley.client.Device.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OfflineTest extends TwoDevices {
    @Test
    void the_latest_twenty_of_a_conversation_come_at_login_oldest_first() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient william = laptop.enters("William");
        AVIMConversation chat = talk(tom, william);
        await(william.close());
        for (int i = 1; i <= 25; i++) say(chat, Integer.toString(i));

        await(william.open());

        List<String> heard =
                IntStream.range(0, 20).mapToObj(i -> laptop.hears()).toList();
        assertThat(heard)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(6, 25).mapToObj(Integer::toString).toList());
        assertThat(await(of(william, chat).queryMessages(25))).hasSize(25);
        assertThat(laptop.events.all("message")).hasSize(20);
    }

    @Test
    void in_the_other_mode_missed_messages_are_counted_and_left_in_the_history() {
        try (Device counting = Device.of(server, options -> options.unreadCounts(true))) {
            AVIMClient tom = phone.enters("Tom");
            AVIMClient jerry = counting.enters("Jerry");
            AVIMConversation chat = talk(tom, jerry);
            counting.events.next("invited");
            await(jerry.close());
            AVIMTextMessage mention = new AVIMTextMessage("Jerry!");
            mention.setMentionAll(true);
            await(chat.sendMessage(mention));
            say(chat, "2");

            await(jerry.open());

            assertThat(counting.events.next("unread").by()).isEqualTo("2");
            AVIMConversation seen = of(jerry, chat);
            assertThat(seen.unreadMessagesMentioned()).isTrue();
            assertThat(seen.getLastMessage()).isNotNull();
            say(chat, "3");
            assertThat(counting.hears()).isEqualTo("3");
            assertThat(counting.events.next("unread").by()).isEqualTo("3");
            seen.read();
            assertThat(counting.events.next("unread").by()).isEqualTo("0");
            assertThat(counting.events.all("message")).hasSize(1);
        }
    }

    @Test
    void all_devices_of_a_client_hear_everything_also_what_it_says_itself() {
        String jerry = Device.fresh("Jerry");
        AVIMClient tom = phone.enters("Tom");
        AVIMClient atHome = laptop.login(jerry);
        try (Device work = Device.of(server)) {
            work.login(jerry);
            AVIMConversation chat = talk(tom, atHome);

            say(chat, "to both");
            assertThat(laptop.hears()).isEqualTo("to both");
            assertThat(work.hears()).isEqualTo("to both");
            say(of(atHome, chat), "from home");

            AVIMMessage own = work.events.next("message").message();
            assertThat(own.getMessageIOType()).isEqualTo(AVIMMessage.AVIMMessageIOType.AVIMMessageIOTypeOut);
        }
    }

    @Test
    void another_device_with_the_same_tag_ends_the_older_login_for_good() {
        String tom = Device.fresh("Tom");
        phone.login(tom, "Mobile");
        laptop.login(tom, "Mobile");

        assertThat(phone.events.next("offline").by()).isEqualTo("4111");
        assertThat(phone.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.CLOSED);
        assertThat(phone.realtime.getClient(tom).isOpen()).isFalse();
        AVIMException refused =
                Device.failure(phone.realtime.getClient(tom).open(new AVIMClientOpenOption().setReconnect(true)));
        assertThat(refused.getCode()).isEqualTo(AVIMException.SESSION_CONFLICT);
        assertThat(laptop.realtime.getClient(tom).isOpen()).isTrue();
    }

    @Test
    void a_transient_message_is_delivered_now_or_never() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        AVIMMessageOption forNow = new AVIMMessageOption().setTransient(true);

        await(chat.sendMessage(new AVIMTextMessage("typing"), forNow));
        AVIMMessage typing = laptop.events.next("message").message();
        assertThat(typing.isTransient()).isTrue();
        await(jerry.close());
        await(chat.sendMessage(new AVIMTextMessage("typing again"), forNow));
        say(chat, "done typing");
        await(jerry.open());

        assertThat(laptop.hears()).isEqualTo("done typing");
        assertThat(texts(await(chat.queryMessagesFromServer(10)))).containsExactly("done typing");
    }
}
