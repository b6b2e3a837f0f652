package io.parley.conformance;

import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.WithSettings;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An app that its operator has switched off.
@WithSettings("appDefaults.realtime=false")
@ExtendWith(Scenes.class)
class SwitchedOffTest {
    @ParameterizedTest
    @EnumSource(names = {"JS4", "JS5", "JS5_BROWSER", "JAVA6", "PARLEY"})
    void who_logs_in_is_told_the_reason(Sdk sdk, Scene scene) {
        Refusals.assertRefused(4100, () -> scene.client(sdk, "tom"));
    }
}
