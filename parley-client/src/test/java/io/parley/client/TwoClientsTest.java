package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testing.ParleyServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoClientsTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    private final Device phone = Device.of(server);
    private final Device laptop = Device.of(server);

    @AfterEach
    void close() {
        phone.close();
        laptop.close();
    }

    @Test
    void tom_says_hello_to_jerry_who_has_prepared_nothing() {
        AVIMClient tom = phone.login("Tom");
        laptop.login("Jerry");

        AVIMConversation chat = await(tom.createConversation(List.of("Jerry"), "Tom & Jerry", null));
        AVIMMessage sent = await(chat.sendMessage(new AVIMTextMessage("hello, Jerry")));

        Events.Event heard = laptop.events.next("message");
        assertThat(heard.message()).isInstanceOf(AVIMTextMessage.class).isEqualTo(sent);
        assertThat(((AVIMTextMessage) heard.message()).getText()).isEqualTo("hello, Jerry");
        assertThat(heard.message().getFrom()).isEqualTo("Tom");
        assertThat(heard.message().getTimestamp())
                .isEqualTo(sent.getTimestamp())
                .isPositive();
        assertThat(heard.message().getMessageIOType()).isEqualTo(AVIMMessage.AVIMMessageIOType.AVIMMessageIOTypeIn);
        assertThat(sent.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusSent);
        assertThat(heard.conversation().getConversationId()).isEqualTo(chat.getConversationId());
        assertThat(heard.conversation().getName()).isEqualTo("Tom & Jerry");
    }

    @Test
    void every_operation_can_tell_a_callback_instead_of_a_future() {
        CompletableFuture<String> heard = new CompletableFuture<>();
        AVIMClient tom = phone.realtime.getClient("Tom-of-callbacks");
        tom.open(new AVIMClientCallback() {
            @Override
            public void done(AVIMClient client, @Nullable AVIMException e) {
                if (e == null)
                    client.createConversation(List.of("Nobody"), "callbacks", null, (conversation, failed) -> {
                        if (conversation != null)
                            conversation.sendMessage(
                                    new AVIMTextMessage("hi"), error -> heard.complete(String.valueOf(error)));
                    });
            }
        });

        assertThat(await(heard)).isEqualTo("null");
    }

    @Test
    void asking_again_for_a_client_gives_the_same_object() {
        assertThat(phone.realtime.getClient("Tom")).isSameAs(phone.realtime.getClient("Tom"));
    }

    @Test
    void two_accounts_of_one_program_share_a_connection_and_talk() {
        AVIMClient tom = phone.login("Tom-here");
        AVIMClient jerry = phone.login("Jerry-here");

        AVIMConversation chat = await(tom.createConversation(List.of("Jerry-here")));
        await(chat.sendMessage(new AVIMTextMessage("same socket")));

        Events.Event heard = phone.events.next("message");
        assertThat(heard.client()).isSameAs(jerry);
        assertThat(phone.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.OPEN);
    }

    @Test
    void the_getters_of_a_fetched_conversation_follow_the_columns_of_the_table() {
        AVIMClient tom = phone.login("Tom-columns");
        AVIMConversation made = await(
                tom.createConversation(List.of("Nobody"), "columns", Map.of("tag", "private", "deep", Map.of("n", 1))));
        AVIMMessage message = await(made.sendMessage(new AVIMTextMessage("first")));

        AVIMConversation fetched = await(
                phone.login("Anybody").getConversation(made.getConversationId()).fetchInfoInBackground());

        assertThat(fetched.getConversationId()).isEqualTo(made.getConversationId());
        assertThat(fetched.getName()).isEqualTo("columns");
        assertThat(fetched.getMembers()).containsExactlyInAnyOrder("Tom-columns", "Nobody");
        assertThat(fetched.getCreator()).isEqualTo("Tom-columns");
        assertThat(fetched.getAttributes()).containsEntry("tag", "private").containsEntry("deep", Map.of("n", 1));
        assertThat(fetched.isTransient()).isFalse();
        assertThat(fetched.getLastMessageAt()).hasTime(message.getTimestamp());
        assertThat(fetched.getCreatedAt()).isEqualTo(made.getCreatedAt());
    }

    @Test
    void each_creation_makes_a_new_conversation_unless_it_shall_be_unique() {
        AVIMClient tom = phone.login("Tom-unique");
        AVIMClient jerry = laptop.login("Jerry-unique");
        List<String> other = List.of("Jerry-unique");

        String first = await(tom.createConversation(other, "a", null)).getConversationId();
        String second = await(tom.createConversation(other, "a", null)).getConversationId();
        AVIMConversation unique = await(tom.createConversation(other, "a", null, false, true));
        AVIMConversation same = await(jerry.createConversation(List.of("Tom-unique"), "b", null, false, true));

        assertThat(first).isNotEqualTo(second);
        assertThat(same.getConversationId())
                .isEqualTo(unique.getConversationId())
                .isNotIn(first, second);
        assertThat(same.getName()).isEqualTo("a");
        assertThat(same.isUnique()).isTrue();
    }

    @Test
    void nothing_can_be_done_before_the_login_or_after_the_logout() {
        AVIMClient tom = phone.realtime.getClient("Tom-early");
        AVIMConversation chat = tom.getConversation("any");

        assertThat(failure(chat.sendMessage(new AVIMTextMessage("too early"))).getCode())
                .isEqualTo(AVIMException.SESSION_REQUIRED);
        await(tom.open());
        await(tom.close());
        assertThat(failure(tom.createConversation(List.of("Nobody"))).getCode())
                .isEqualTo(AVIMException.SESSION_REQUIRED);
        assertThat(phone.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.CLOSED);
    }

    @Test
    void who_has_logged_out_is_offline_for_others() {
        AVIMClient tom = phone.login("Tom-online");
        AVIMClient jerry = laptop.login("Jerry-online");
        List<String> both = List.of("Tom-online", "Jerry-online");
        assertThat(await(tom.getOnlineClients(both))).containsExactlyInAnyOrderElementsOf(both);

        await(jerry.close());

        assertThat(await(tom.getOnlineClients(both))).containsExactly("Tom-online");
    }

    @Test
    void a_refused_operation_says_which_code_the_server_gave() {
        AVIMClient tom = phone.login("Tom-refused");
        AVIMConversation foreign = await(tom.createConversation(List.of("Nobody")));
        AVIMConversation seen = laptop.login("Stranger").getConversation(foreign.getConversationId());

        AVIMTextMessage message = new AVIMTextMessage("let me in");
        AVIMException error = failure(seen.sendMessage(message));

        assertThat(error.getCode()).isEqualTo(4401);
        assertThat(error).hasMessageContaining("INVALID_MESSAGING_TARGET");
        assertThat(message.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusFailed);
    }

    @Test
    void a_login_to_where_no_server_is_fails() {
        try (Device lost = Device.of("http://127.0.0.1:9", options -> options)) {
            AVIMException error = failure(lost.realtime.getClient("Tom").open());

            assertThat(error.getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
            assertThat(lost.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.CLOSED);
        }
    }
}
