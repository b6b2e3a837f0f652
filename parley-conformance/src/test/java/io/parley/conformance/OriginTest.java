package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.WireClient;
import io.parley.conformance.sdk.WithSettings;
import io.parley.protocol.proto.OpType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Browsers may come from the app's own pages only. Source: semantics 2.2.
@WithSettings({
    "appDefaults.webOrigins=https://chat.example.org",
    "appDefaults.sendsPerMinute=2",
    "appDefaults.historyQueriesPerMinute=1",
    "appDefaults.otherCommandsPerMinute=3"
})
@ExtendWith(Scenes.class)
class OriginTest {
    @Test
    void a_page_of_the_app_may_connect_and_so_may_who_is_no_browser(Scene scene) {
        WireClient own = scene.rawClient("own", "https://chat.example.org");
        assertThat(own.asks(own.login()).getOp()).isEqualTo(OpType.opened);
        SdkClient program = scene.client(Sdk.JS5, "program");
        assertThat(program.asksWhoIsOnline(own.id())).containsExactly(own.id());
    }

    @Test
    void a_foreign_page_is_refused_and_its_socket_closed(Scene scene) {
        WireClient foreign = scene.rawClient("foreign", "https://evil.example");
        foreign.sends(foreign.login().setI(1));
        assertThat(foreign.isClosed()).isEqualTo(4110);
    }
}
