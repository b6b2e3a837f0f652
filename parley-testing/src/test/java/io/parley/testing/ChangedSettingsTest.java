package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.core.app.App;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.protocol.proto.ErrorCommand;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Settings that change while people talk.
class ChangedSettingsTest {
    private static final AppId APP = new AppId(TestApp.ID);

    @Test
    void open_sessions_obey_the_new_settings_and_so_does_the_server_after_a_restart() throws Exception {
        try (var server = ParleyServer.start()) {
            try (Device tom = Device.login(server, "Tom")) {
                String chat = tom.startWith("Jerry");
                Apps apps = server.parley().apps();

                App changed = apps.change(APP, settings -> Settings.of("maxMembers", "2"));

                assertThat(changed.settings().maxMembers()).isEqualTo(2);
                assertThat(tom.refused(Device.command(
                                OpType.add, conv -> conv.setCid(chat).addM("Mary"))))
                        .isEqualTo(4304);
                server.restart();
                assertThat(server.parley().apps().get(APP).settings().maxMembers())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void an_app_that_is_switched_off_sends_its_clients_away_and_lets_nobody_in_until_it_is_on_again() throws Exception {
        try (var server = ParleyServer.start();
                Device tom = Device.login(server, "Tom")) {
            server.parley().apps().change(APP, settings -> Settings.of("realtime", "false"));

            assertThat(tom.next().getSessionMessage().getCode()).isEqualTo(4100);
            try (Device jerry = Device.connect(server, "Jerry")) {
                ErrorCommand reason = jerry.open(session -> {}).getErrorMessage();
                assertThat(reason.getCode()).isEqualTo(4100);
                assertThat(reason.getReason()).isEqualTo("APP_NOT_AVAILABLE");
                assertThat(reason.getDetail()).endsWith("is switched off: realtime is false");
            }
            assertThat(Rest.master(server).call("GET", "/x/settings", "").status())
                    .isEqualTo(200);

            server.parley().apps().change(APP, settings -> Settings.of("realtime", "true"));
            try (Device jerry = Device.login(server, "Jerry")) {
                assertThat(jerry.startWith("Tom")).isNotEmpty();
            }
        }
    }

    @Test
    void new_connections_obey_changed_origins_at_once() throws Exception {
        try (var server = ParleyServer.start();
                Device before = Device.loginFromPage(server, "Tom", "https://evil.example")) {
            String chat = before.startWith("Jerry");
            server.parley().apps().change(APP, settings -> Settings.of("webOrigins", "https://good.example"));

            try (Device good = Device.loginFromPage(server, "Jerry", "https://good.example");
                    Device evil = Device.connectFromPage(server, "Mary", "https://evil.example")) {
                assertThat(evil.isClosedWhenItOpens()).isEqualTo(4110);
                assertThat(good.send(chat, "hi").getAckMessage().getUid()).isNotEmpty();
            }
        }
    }

    @Test
    void a_conversation_that_nobody_used_for_long_is_gone_when_the_app_wants_it() throws Exception {
        ManualClock clock = new ManualClock();
        try (var server = ParleyServer.with()
                        .clock(clock)
                        .set("appDefaults.retention.idleConversations", "30d")
                        .start();
                Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            String used = tom.startWith("Jerry");
            tom.send(chat, "hi");
            clock.advance(Duration.ofDays(20));
            tom.send(used, "hi");
            clock.advance(Duration.ofDays(20));

            await().until(() -> tom.find("{\"objectId\":\"" + chat + "\"}").isEmpty());

            assertThat(Device.code(tom.send(chat, "hello?"))).isEqualTo(4401);
            assertThat(tom.send(used, "still here").getAckMessage().hasCode()).isFalse();
        }
    }
}
