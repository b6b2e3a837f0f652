package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

class MessageKindTest {
    @Proves(Behaviour.BURST)
    void a_burst_of_messages_arrives_complete_and_in_order(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        jerry.expects("invited", chat);
        List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();

        List<CompletableFuture<Message>> sends =
                texts.stream().map(text -> tom.startsSending(chat, text)).toList();

        List<Message> heard = texts.stream().map(text -> jerry.hears(chat)).toList();
        assertThat(heard).extracting(Message::text).containsExactlyElementsOf(texts);
        assertThat(heard)
                .extracting(Message::id)
                .containsExactlyElementsOf(
                        sends.stream().map(sent -> sent.join().id()).toList());
        assertThat(jerry.history(chat, Map.of("limit", 100)))
                .extracting(Message::text)
                .containsExactlyElementsOf(texts);
    }

    @Proves(Behaviour.TRANSIENT)
    void a_transient_message_is_delivered_and_not_stored(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        tom.sends(chat, Map.of("text", "Tom is typing", "transient", true));
        assertThat(jerry.hears(chat).text()).isEqualTo("Tom is typing");
        tom.sends(chat, "done");
        assertThat(jerry.hears(chat).text()).isEqualTo("done");

        assertThat(jerry.history(chat)).extracting(Message::text).containsExactly("done");
    }

    @Proves(Behaviour.BINARY)
    void binary_content_arrives_byte_for_byte(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        byte[] bytes = new byte[1000];
        new Random(7).nextBytes(bytes);
        String binary = Base64.getEncoder().encodeToString(bytes);

        tom.sends(chat, Map.of("binary", binary));

        assertThat(jerry.hears(chat).binary()).isEqualTo(binary);
        if (sdk != Sdk.JAVA6)
            assertThat(jerry.history(chat)).extracting(Message::binary).containsExactly(binary);
    }

    @Proves(Behaviour.MENTIONS)
    void the_mentioned_know_it(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient harry = scene.client(sdk, "harry");
        String chat = tom.startsConversationWith(jerry, harry);

        tom.sends(chat, Map.of("text", "Jerry?", "mentions", List.of(jerry.id())));
        Message atJerry = jerry.hears(chat);
        assertThat(atJerry.mentioned()).isTrue();
        assertThat(atJerry.mentions()).containsExactly(jerry.id());
        assertThat(harry.hears(chat).mentioned()).isFalse();

        tom.sends(chat, Map.of("text", "Everybody!", "mentionAll", true));
        assertThat(harry.hears(chat).mentionedAll()).isTrue();
        assertThat(jerry.hears(chat).mentioned()).isTrue();
    }

    @Proves(Behaviour.LONG_TEXT)
    void long_text_in_any_script_survives(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        String text = "中文，emoji 😀 and \"quotes\" \\ \n".repeat(120);

        tom.sends(chat, text);

        assertThat(jerry.hears(chat).text()).isEqualTo(text);
        assertThat(jerry.history(chat)).extracting(Message::text).containsExactly(text);
    }

    @Proves(Behaviour.REFUSAL)
    void a_message_that_is_too_long_is_refused_and_the_client_goes_on(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Refusals.assertRefused(4109, () -> tom.sends(chat, "x".repeat(6000)));

        tom.sends(chat, "short");
        assertThat(jerry.hears(chat).text()).isEqualTo("short");
    }

    @Proves(Behaviour.REFUSAL)
    void a_stranger_may_not_speak_and_goes_on(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient stranger = scene.client(sdk, "stranger");
        String chat = tom.startsConversationWith(jerry);

        Refusals.assertRefused(4401, () -> stranger.sends(chat, "let me in"));

        stranger.joins(chat);
        stranger.sends(chat, "thank you");
        assertThat(jerry.hears(chat).text()).isEqualTo("thank you");
    }
}
