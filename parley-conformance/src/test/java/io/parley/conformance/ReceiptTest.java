package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import java.util.Map;

class ReceiptTest {
    @Proves(Behaviour.DELIVERED)
    void a_sender_who_asks_is_told_of_the_delivery(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Message sent = tom.sends(chat, Map.of("text", "did you get this?", "receipt", true));
        jerry.hears(chat);

        SdkEvent receipt = tom.expects("delivered", chat);
        assertThat(receipt.data().path("at").asLong()).isGreaterThanOrEqualTo(sent.timestamp());
        if (receipt.data().has("id"))
            assertThat(receipt.data().path("id").asText()).isEqualTo(sent.id());
        // The Java SDKs tell it once for the conversation and once for the message.
        if (!one.isJavaScript())
            assertThat(tom.expects("receipt", chat).data().path("id").asText()).isEqualTo(sent.id());
    }

    @Proves(Behaviour.READ)
    void a_sender_is_told_that_the_message_was_read(Sdk one, Sdk other, Scene scene) {
        SdkClient tom = scene.client(one, "tom");
        SdkClient jerry = scene.client(other, "jerry");
        String chat = tom.startsConversationWith(jerry);

        Message sent = tom.sends(chat, Map.of("text", "read me", "receipt", true));
        jerry.hears(chat);
        jerry.reads(chat);

        SdkEvent receipt = tom.expects("read", chat);
        assertThat(receipt.data().path("at").asLong()).isGreaterThanOrEqualTo(sent.timestamp());
    }

    @Proves(Behaviour.RECEIPT_TIMES)
    void a_sender_can_ask_later_until_when_the_other_has_read(Sdk sdk, Scene scene) {
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient jerry = scene.client(sdk, "jerry");
        String chat = tom.startsConversationWith(jerry);
        Message sent = tom.sends(chat, Map.of("text", "read me", "receipt", true));
        jerry.hears(chat);
        jerry.reads(chat);
        tom.expects("read", chat);

        // A second login knows only what it asks for.
        SdkClient tomsLaptop = scene.otherDevice(tom, Map.of());
        tomsLaptop.fetches(chat);
        SdkClient.Receipts receipts = tomsLaptop.asksForReceipts(chat);
        assertThat(Math.max(receipts.read(), receipts.delivered())).isGreaterThanOrEqualTo(sent.timestamp());
        if (sdk != Sdk.JAVA6) assertThat(receipts.read()).isGreaterThanOrEqualTo(sent.timestamp());
    }
}
