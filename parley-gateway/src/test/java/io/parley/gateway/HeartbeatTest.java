package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(250);

    @Test
    void an_echo_is_answered_with_its_number_before_any_login() throws Exception {
        try (TestGateway server = new TestGateway();
                ProtobufClient client = server.protobuf()) {
            client.says(GenericCommand.newBuilder().setCmd(CommandType.echo).setI(0));
            GenericCommand echo = client.hears();
            assertThat(echo.getCmd()).isEqualTo(CommandType.echo);
            assertThat(echo.hasI()).isTrue();
            assertThat(echo.getI()).isZero();
        }
    }

    /// C# sends the app's id as the client, and no number.
    @Test
    void an_echo_without_number_is_answered_without() throws Exception {
        try (TestGateway server = new TestGateway();
                ProtobufClient client = server.protobuf()) {
            client.says(GenericCommand.newBuilder()
                    .setCmd(CommandType.echo)
                    .setAppId("app")
                    .setPeerId("app"));
            assertThat(client.hears().hasI()).isFalse();
        }
    }

    @Test
    void empty_braces_are_answered_with_empty_braces() throws Exception {
        try (TestGateway server = new TestGateway();
                JsonClient client = server.json()) {
            client.says("{}");
            assertThat(client.next().text()).isEqualTo("{}");
        }
    }

    @Test
    void a_heartbeat_does_not_wait_for_a_command_that_takes_long() throws Exception {
        try (TestGateway server = new TestGateway();
                JsonClient client = server.json().loggedIn("tom")) {
            Gate gate = new Gate();
            server.chat.on(SessionCommand.Online.class, (session, online) -> {
                gate.pass();
                return new Reply.Online(List.of());
            });
            client.asks(2);
            client.says("{}");
            assertThat(client.next().text()).isEqualTo("{}");
            gate.open();
            assertThat(client.hears().path("i").asInt()).isEqualTo(2);
        }
    }

    @Test
    void a_ping_is_answered_with_its_payload() throws Exception {
        try (TestGateway server = new TestGateway();
                ProtobufClient client = server.protobuf()) {
            client.send(ServerFrame.PING, new byte[] {7, 8});
            Frame pong = client.next();
            assertThat(pong.opcode()).isEqualTo(ServerFrame.PONG);
            assertThat(pong.payload()).containsExactly(7, 8);
        }
    }

    @Test
    void who_never_logs_in_is_closed_with_4108() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.timeouts(SHORT, LONG, LONG));
                ProtobufClient client = server.protobuf()) {
            assertThat(client.next().closeCode()).isEqualTo(4108);
        }
    }

    @Test
    void a_login_of_a_device_counts_as_a_login() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.timeouts(SHORT, SHORT.multipliedBy(4), LONG));
                ProtobufClient client = server.protobuf()) {
            client.says(GenericCommand.newBuilder()
                    .setCmd(CommandType.login)
                    .setAppId("app")
                    .setInstallationId("device"));
            assertThat(client.hears().getCmd()).isEqualTo(CommandType.loggedin);
            assertThat(client.next().closeCode()).as("the later time-out").isEqualTo(4107);
        }
    }

    @Test
    void who_says_nothing_is_closed_with_4107() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.timeouts(LONG, SHORT, LONG));
                ProtobufClient client = server.protobuf().loggedIn("tom")) {
            assertThat(client.next().closeCode()).isEqualTo(4107);
            assertThat(client.isAtEnd())
                    .as("the socket ends when the client does not answer the close")
                    .isTrue();
        }
    }

    @Test
    void a_silent_json_client_lives_as_long_as_it_answers_pings() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.timeouts(LONG, SHORT, SHORT));
                JsonClient client = server.json().loggedIn("tom")) {
            for (int i = 0; i < 8; i++) {
                assertThat(client.next().opcode()).as("ping " + i).isEqualTo(ServerFrame.PING);
                client.send(ServerFrame.PONG, new byte[0]);
            }
        }
    }

    @Test
    void a_json_client_that_misses_two_pings_is_closed_with_4107() throws Exception {
        try (TestGateway server = new TestGateway(TestGateway.timeouts(LONG, LONG, SHORT));
                JsonClient client = server.json().loggedIn("tom")) {
            assertThat(client.next().opcode()).isEqualTo(ServerFrame.PING);
            assertThat(client.next().opcode()).isEqualTo(ServerFrame.PING);
            assertThat(client.next().closeCode()).isEqualTo(4107);
        }
    }

    /// legacy-json 17, A4.
    @Test
    void by_default_a_cut_network_is_noticed_within_two_minutes() {
        Timeouts timeouts = Timeouts.of(GatewaySettings.DEFAULT);
        assertThat(Duration.ofNanos(timeouts.tick() * timeouts.legacyDead())).isLessThan(Duration.ofMinutes(2));
        assertThat(timeouts.legacyDead()).isGreaterThan(2 * timeouts.legacyPing());
    }
}
