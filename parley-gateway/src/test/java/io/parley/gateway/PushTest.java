package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.CloseReason;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.session.Session;
import io.parley.protocol.proto.GenericCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of replies and pushes on one connection.
class PushTest {
    private static final Duration FOREVER = Duration.ofHours(1);

    private static TestGateway withNoticeDelay(Duration delay) {
        return new TestGateway(TestGateway.settings(delay, 128, 1024 * 1024));
    }

    private static void pushWhenAsked(TestGateway server, String reason) {
        server.chat.on(SessionCommand.Online.class, (session, online) -> {
            session.deliver(ScriptedChat.event(reason));
            return new Reply.Online(List.of());
        });
    }

    /// Logs in and waits until events are let through: those that came earlier count as what was missed.
    private static ProtobufClient live(TestGateway server, String name) throws Exception {
        ProtobufClient client = server.protobuf().loggedIn(name);
        client.asks(99);
        client.hears();
        return client;
    }

    private static String reason(GenericCommand push) {
        return push.getSessionMessage().getReason();
    }

    @Test
    void pushes_of_others_arrive_in_order_at_once() throws Exception {
        try (TestGateway server = withNoticeDelay(FOREVER);
                ProtobufClient client = live(server, "tom")) {
            Session tom = server.chat.session("tom");
            for (int i = 0; i < 50; i++) tom.deliver(ScriptedChat.event("push " + i));
            for (int i = 0; i < 50; i++) {
                GenericCommand push = client.hears();
                assertThat(reason(push)).isEqualTo("push " + i);
                assertThat(push.getPeerId()).isEqualTo("tom");
                assertThat(push.hasI()).isFalse();
            }
        }
    }

    @Test
    void what_a_command_causes_on_its_own_connection_comes_after_its_reply() throws Exception {
        try (TestGateway server = withNoticeDelay(Duration.ofMillis(20));
                ProtobufClient client = live(server, "tom")) {
            pushWhenAsked(server, "caused");
            client.asks(2);
            assertThat(client.hears().getI()).isEqualTo(2);
            assertThat(reason(client.hears())).isEqualTo("caused");
        }
    }

    @Test
    void replies_never_wait_for_held_pushes() throws Exception {
        try (TestGateway server = withNoticeDelay(FOREVER);
                ProtobufClient client = live(server, "tom")) {
            pushWhenAsked(server, "caused");
            client.asks(2);
            client.asks(3);
            assertThat(client.hears().getI()).isEqualTo(2);
            assertThat(client.hears().getI()).isEqualTo(3);
            server.chat.session("tom").outlet().close(CloseReason.NORMAL);
            assertThat(reason(client.hears()))
                    .as("the end does not swallow them")
                    .isEqualTo("caused");
            assertThat(reason(client.hears())).isEqualTo("caused");
            assertThat(client.next().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void later_pushes_of_others_queue_behind_held_ones() throws Exception {
        try (TestGateway server = withNoticeDelay(Duration.ofMillis(50));
                ProtobufClient client = live(server, "tom")) {
            Session tom = server.chat.session("tom");
            pushWhenAsked(server, "caused");
            client.asks(2);
            assertThat(client.hears().getI()).isEqualTo(2);
            tom.deliver(ScriptedChat.event("from another"));
            assertThat(reason(client.hears())).isEqualTo("caused");
            assertThat(reason(client.hears())).isEqualTo("from another");
        }
    }

    @Test
    void pushes_to_other_connections_are_not_held() throws Exception {
        try (TestGateway server = withNoticeDelay(FOREVER);
                ProtobufClient tom = live(server, "tom");
                ProtobufClient jerry = live(server, "jerry")) {
            server.chat.on(SessionCommand.Online.class, (session, online) -> {
                server.chat.session("jerry").deliver(ScriptedChat.event("from tom"));
                return new Reply.Online(List.of());
            });
            tom.asks(2);
            assertThat(reason(jerry.hears())).isEqualTo("from tom");
        }
    }

    @Test
    void what_a_client_missed_comes_after_opened() throws Exception {
        try (TestGateway server = withNoticeDelay(Duration.ofMillis(20));
                ProtobufClient client = server.protobuf()) {
            server.chat.whenCatchingUp = session -> {
                session.catchUp(ScriptedChat.event("first"));
                session.deliver(ScriptedChat.event("second"));
            };
            client.loggedIn("tom");
            assertThat(reason(client.hears())).isEqualTo("first");
            assertThat(reason(client.hears())).isEqualTo("second");
        }
    }

    @Test
    void every_wire_format_gets_the_event_in_its_form() throws Exception {
        try (TestGateway server = withNoticeDelay(FOREVER);
                ProtobufClient protobuf = live(server, "tom");
                JsonClient json = server.json().loggedIn("jerry")) {
            json.asks(2);
            json.hears();
            var event = ScriptedChat.event("for all");
            server.chat.session("tom").deliver(event);
            server.chat.session("jerry").deliver(event);
            assertThat(reason(protobuf.hears())).isEqualTo("for all");
            var push = json.hears();
            assertThat(push.path("reason").asText()).isEqualTo("for all");
            assertThat(push.path("peerId").asText()).isEqualTo("jerry");
        }
    }
}
