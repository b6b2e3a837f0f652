package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.report.Behaviour;
import io.parley.conformance.report.Proves;
import io.parley.conformance.sdk.Message;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.Map;

/// Messages left for the case that the connection drops. Source: semantics 6.5.
class WillTest {
    @Proves(Behaviour.WILL)
    void it_is_delivered_with_its_id_when_the_connection_drops(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient tom = scene.clientInOwnProgram(sdk, "tom", Map.of());
        String chat = tom.startsConversationWith(jerry);
        Message will = tom.leavesWill(chat, "I am gone");
        tom.sends(chat, "not yet");
        assertThat(jerry.hears(chat).text()).isEqualTo("not yet");

        drops(tom);

        Message delivered = jerry.hears(chat);
        assertThat(delivered.text()).isEqualTo("I am gone");
        assertThat(delivered.id()).isEqualTo(will.id());
        assertThat(jerry.history(chat)).extracting(Message::text).containsExactly("not yet");
    }

    @Proves(Behaviour.WILL)
    void it_is_forgotten_with_a_logout(Sdk sdk, Scene scene) {
        SdkClient jerry = scene.client(sdk, "jerry");
        SdkClient tom = scene.client(sdk, "tom");
        SdkClient mary = scene.client(sdk, "mary");
        String chat = tom.startsConversationWith(jerry, mary);
        tom.leavesWill(chat, "I am gone");

        tom.closes();

        mary.sends(chat, "fence");
        assertThat(jerry.hears(chat).text()).isEqualTo("fence");
    }

    private static void drops(SdkClient client) {
        if (client.sdk() == Sdk.JAVA6) client.goesOffline();
        else client.losesItsSocket();
    }
}
