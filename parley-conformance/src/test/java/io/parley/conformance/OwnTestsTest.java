package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.OwnTests;
import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The SDK 2.4.0 comes with the tests it was released with. Source: legacy-json 17, A1.
@ExtendWith(Scenes.class)
class OwnTestsTest {
    @Test
    void the_tests_of_sdk_2_pass_as_they_did_against_the_hosted_service(Scene scene) {
        SdkClient member = scene.clientCalled("js-realtime-sdk-test-client1", Sdk.JS5);
        String room = member.startsConversation(Map.of("name", "js-realtime-sdk-testconv"));
        member.sends(room, "a last message");

        OwnTests result = scene.runsTheTestsOfJs2(room);

        assertThat(result.failures()).isEmpty();
        assertThat(result.passed()).isEqualTo(14);
        assertThat(result.pending()).as("left out by their authors").isEqualTo(3);
    }
}
