package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.internal.StoredMessage;
import io.parley.testing.TestApp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerDispatchTest {
    private final Handlers handlers = new Handlers();
    private final List<String> told = new ArrayList<>();
    private final AVIMRealtime realtime = AVIMRealtime.create(
            AVIMOptions.builder(TestApp.ID, TestApp.KEY, "http://127.0.0.1:9").build());
    private final AVIMClient jerry = realtime.getClient("Jerry");
    private final AVIMConversation chat = jerry.getConversation("c");

    @AfterEach
    void close() {
        realtime.shutdown();
    }

    private <T extends AVIMTypedMessage> AVIMTypedMessageHandler<T> named(String name) {
        return new AVIMTypedMessageHandler<>() {
            @Override
            public void onMessage(T message, AVIMConversation conversation, AVIMClient client) {
                told.add(name);
            }

            @Override
            public void onMessageReceipt(T message, AVIMConversation conversation, AVIMClient client) {
                told.add(name + " receipt");
            }
        };
    }

    private AVIMMessageHandler plain(String name) {
        return new AVIMMessageHandler() {
            @Override
            public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
                told.add(name);
            }

            @Override
            public void onMessageReceipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
                told.add(name + " receipt");
            }
        };
    }

    private void comes(String content) {
        AVIMMessage message = AVIMMessageManager.message(
                StoredMessage.builder("c", "m", "Tom", 1).content(content).build(), "Jerry");
        handlers.message(message, chat, jerry);
    }

    private static final String TEXT = "{\"_lctype\":-1,\"_lctext\":\"hi\"}";
    private static final String IMAGE = "{\"_lctype\":-2,\"_lcfile\":{\"url\":\"u\"}}";

    @Test
    void all_handlers_of_a_kind_get_its_messages_and_the_default_one_does_not() {
        handlers.setDefault(plain("default"));
        handlers.add(AVIMTextMessage.class, named("first"));
        handlers.add(AVIMTextMessage.class, named("second"));

        comes(TEXT);

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void without_a_handler_of_its_kind_a_message_goes_to_the_default_one() {
        handlers.setDefault(plain("default"));
        handlers.add(AVIMTextMessage.class, named("text"));

        comes(IMAGE);
        comes("words");

        assertThat(told).containsExactly("default", "default");
    }

    @Test
    void a_handler_of_all_typed_messages_gets_them_all_but_no_plain_ones() {
        handlers.setDefault(plain("default"));
        handlers.add(AVIMTypedMessage.class, named("typed"));

        comes(TEXT);
        comes(IMAGE);
        comes("words");

        assertThat(told).containsExactly("typed", "typed", "default");
    }

    @Test
    void a_handler_of_files_does_not_get_images() {
        handlers.setDefault(plain("default"));
        handlers.add(AVIMFileMessage.class, named("files"));

        comes(IMAGE);

        assertThat(told).containsExactly("default");
    }

    @Test
    void without_any_handler_nothing_happens() {
        comes(TEXT);
        comes("words");

        assertThat(told).isEmpty();
    }

    @Test
    void the_last_default_handler_counts_and_a_removed_one_gets_nothing() {
        handlers.setDefault(plain("old"));
        handlers.setDefault(plain("new"));
        AVIMTypedMessageHandler<AVIMTextMessage> text = named("text");
        handlers.add(AVIMTextMessage.class, text);
        handlers.remove(AVIMTextMessage.class, text);

        comes(TEXT);

        assertThat(told).containsExactly("new");
    }

    @Test
    void receipts_go_the_way_of_messages() {
        handlers.setDefault(plain("default"));
        handlers.add(AVIMTextMessage.class, named("text"));

        handlers.receipt(new AVIMTextMessage("hi"), chat, jerry);
        handlers.receipt(new AVIMMessage("words"), chat, jerry);

        assertThat(told).containsExactly("text receipt", "default receipt");
    }
}
