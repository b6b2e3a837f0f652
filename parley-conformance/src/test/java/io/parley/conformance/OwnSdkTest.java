package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.client.AVIMClient;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMMessageHandler;
import io.parley.client.AVIMRealtime;
import io.parley.client.AVIMTextMessage;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Parley's own client SDK talks with the official ones.
@ExtendWith(Scenes.class)
class OwnSdkTest {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<AVIMMessage> heard = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @EnumSource
    void ours_begins_and_both_hear_each_other(Sdk sdk, Scene scene) throws Exception {
        SdkClient jerry = scene.client(sdk, "jerry");
        AVIMClient tom = logsIn(scene);

        AVIMConversation chat =
                done(tom.createConversation(List.of(jerry.id()), "Tom & Jerry", Map.of("topic", "cats")));
        assertThat(jerry.expects("invited", chat.getConversationId())).isNotNull();
        AVIMTextMessage hello = new AVIMTextMessage("hello");
        hello.setAttrs(Map.of("mood", "good"));
        done(chat.sendMessage(hello));

        Message message = jerry.hears(chat.getConversationId());
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.attributes().path("mood").asText()).isEqualTo("good");
        assertThat(message.from()).isEqualTo(tom.getClientId());
        assertThat(message.id()).isEqualTo(hello.getMessageId());
        jerry.sends(chat.getConversationId(), "hello yourself");
        assertThat(hears().getText()).isEqualTo("hello yourself");
        assertThat(done(chat.queryMessages()))
                .extracting(past -> ((AVIMTextMessage) past).getText())
                .containsExactly("hello", "hello yourself");
        assertThat(jerry.history(chat.getConversationId()))
                .extracting(Message::text)
                .containsExactlyInAnyOrder("hello", "hello yourself");
    }

    @ParameterizedTest
    @EnumSource
    void the_other_begins_and_ours_was_away_when_it_spoke(Sdk sdk, Scene scene) throws Exception {
        SdkClient jerry = scene.client(sdk, "jerry");
        AVIMClient tom = logsIn(scene);
        AVIMConversation chat = done(tom.createConversation(List.of(jerry.id())));
        done(tom.close());

        jerry.sends(chat.getConversationId(), "are you there?");
        done(tom.open());

        AVIMTextMessage missed = hears();
        assertThat(missed.getText()).isEqualTo("are you there?");
        assertThat(missed.getFrom()).isEqualTo(jerry.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER", "JAVA6"})
    void what_ours_edits_and_recalls_changes_at_the_other(Sdk sdk, Scene scene) throws Exception {
        SdkClient jerry = scene.client(sdk, "jerry");
        AVIMClient tom = logsIn(scene);
        AVIMConversation chat = done(tom.createConversation(List.of(jerry.id())));
        AVIMMessage sent = done(chat.sendMessage(new AVIMTextMessage("helo")));
        jerry.hears(chat.getConversationId());

        AVIMMessage edited = done(chat.updateMessage(sent, new AVIMTextMessage("hello")));
        SdkEvent change = jerry.expects("edited", chat.getConversationId());
        assertThat(change.data().path("text").asText()).isEqualTo("hello");
        done(chat.recallMessage(edited));
        jerry.expects("recalled", chat.getConversationId());

        assertThat(jerry.history(chat.getConversationId()))
                .singleElement()
                .extracting(Message::recalled)
                .isEqualTo(true);
    }

    private AVIMClient logsIn(Scene scene) throws Exception {
        AVIMRealtime program = scene.ownSdk();
        program.setDefaultMessageHandler(new AVIMMessageHandler() {
            @Override
            public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
                heard.add(message);
            }
        });
        return done(program.getClient(scene.idFor("tom")).open());
    }

    private AVIMTextMessage hears() {
        AVIMMessage message = await().until(() -> heard.poll(1, TimeUnit.SECONDS), next -> next != null);
        return (AVIMTextMessage) message;
    }

    private static <T> T done(CompletableFuture<T> operation) throws Exception {
        return operation.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
