package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.command.CloseReason;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.session.SessionTokens;
import io.parley.core.session.Sessions;
import io.parley.core.signature.Revocations;
import io.parley.core.signature.Signatures;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialogueTest {
    private final TestGateway server = new TestGateway();
    private final ScriptedChat chat = server.chat;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void opened_is_the_answer_to_open() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            GenericCommand opened = client.opens("app", "tom", -3, "js/5.0.0").hears();
            assertThat(opened.getOp()).isEqualTo(OpType.opened);
            assertThat(opened.getI()).isEqualTo(-3);
            assertThat(opened.getPeerId()).isEqualTo("tom");
        }
    }

    @Test
    void an_open_without_app_belongs_to_the_app_of_the_devices_login() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            client.says(GenericCommand.newBuilder()
                    .setCmd(CommandType.login)
                    .setAppId("app")
                    .setInstallationId("device"));
            assertThat(client.hears().getCmd()).isEqualTo(CommandType.loggedin);
            client.says(GenericCommand.newBuilder()
                    .setCmd(CommandType.session)
                    .setOp(OpType.open)
                    .setPeerId("tom")
                    .setI(1)
                    .setSessionMessage(
                            io.parley.protocol.proto.SessionCommand.newBuilder().setUa("LeanCloud-Java-SDK/6.0.5")));
            GenericCommand opened = client.hears();
            assertThat(opened.getOp()).isEqualTo(OpType.opened);
            assertThat(opened.getPeerId()).isEqualTo("tom");
        }
    }

    @Test
    void a_command_without_client_belongs_to_the_first_that_was_opened() throws Exception {
        List<String> callers = callers();
        try (ProtobufClient client = server.protobuf().loggedIn("tom").loggedIn("jerry")) {
            client.asks(5);
            client.asksAs("jerry", 6);
            assertThat(client.hears().getPeerId()).isEqualTo("tom");
            assertThat(client.hears().getPeerId()).isEqualTo("jerry");
            assertThat(callers).containsExactly("tom", "jerry");
        }
    }

    @Test
    void when_the_first_logs_out_the_oldest_that_remains_takes_its_place() throws Exception {
        List<String> callers = callers();
        try (ProtobufClient client =
                server.protobuf().loggedIn("tom").loggedIn("jerry").loggedIn("spike")) {
            client.logsOut("tom", 4);
            assertThat(client.hears().getOp()).isEqualTo(OpType.closed);
            client.asks(5);
            client.hears();
            assertThat(callers).containsExactly("jerry");
        }
    }

    @Test
    void an_answer_keeps_the_order_of_the_questions() throws Exception {
        try (JsonClient client = server.json().loggedIn("tom")) {
            IntStream.rangeClosed(1, 100).forEach(client::asks);
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) answers.add(client.hears().path("i").asInt());
            assertThat(answers)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 100).boxed().toList());
        }
    }

    @Test
    void a_command_before_any_login_is_refused_with_4105() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            client.asks(2);
            GenericCommand error = client.hears();
            assertThat(error.getCmd()).isEqualTo(CommandType.error);
            assertThat(error.getI()).isEqualTo(2);
            assertThat(error.getErrorMessage().getCode()).isEqualTo(4105);
            assertThat(server.counted("parley.refusals", "code", "4105")).isEqualTo(1);
        }
    }

    @Test
    void a_command_of_a_client_without_session_is_refused_with_4105() throws Exception {
        try (ProtobufClient client = server.protobuf().loggedIn("tom")) {
            client.asksAs("jerry", 2);
            assertThat(client.hears().getErrorMessage().getCode()).isEqualTo(4105);
        }
    }

    @Test
    void an_unknown_app_ends_the_connection_with_4100() throws Exception {
        try (ProtobufClient client = server.protobuf()) {
            client.opens("nowhere", "tom", 1, "js/5.0.0");
            assertThat(client.next().closeCode()).isEqualTo(4100);
        }
    }

    @Test
    void an_app_that_is_switched_off_says_so() throws Exception {
        refuseLogins(ErrorCode.APP_NOT_AVAILABLE);
        try (ProtobufClient binary = server.protobuf();
                ProtobufClient text = server.base64();
                JsonClient json = server.json()) {
            for (ProtobufClient client : List.of(binary, text)) {
                GenericCommand error = client.opens("app", "tom", 1, "js/5.0.0").hears();
                assertThat(error.getI()).isEqualTo(1);
                assertThat(error.getErrorMessage().getCode()).isEqualTo(4100);
                chat.beforeOpening = open -> {}; // and is there again
                assertThat(client.opens("app", "tom", 2, "js/5.0.0").hears().getI())
                        .isEqualTo(2);
                refuseLogins(ErrorCode.APP_NOT_AVAILABLE);
            }
            JsonNode error = json.opens("tom").hears();
            assertThat(error.path("i").asInt()).isEqualTo(1);
            assertThat(error.path("code").asInt()).isEqualTo(4100);
            assertThat(json.next().closeCode()).isEqualTo(4100);
        }
    }

    @Test
    void a_connection_stays_with_the_app_of_its_first_session() throws Exception {
        try (ProtobufClient client = server.protobuf().loggedIn("tom")) {
            GenericCommand error = client.opens("other", "jerry", 2, "js/5.0.0").hears();
            assertThat(error.getErrorMessage().getCode()).isEqualTo(4100);
            client.asks(3);
            assertThat(client.hears().getI()).isEqualTo(3);
        }
    }

    @Test
    void a_refused_login_leaves_a_protobuf_connection_open() throws Exception {
        refuseLogins();
        try (ProtobufClient client = server.protobuf()) {
            GenericCommand error = client.opens("app", "tom", 1, "js/5.0.0").hears();
            assertThat(error.getErrorMessage().getCode()).isEqualTo(4102);
            assertThat(error.getI()).isEqualTo(1);
            chat.beforeOpening = open -> {};
            client.loggedIn("tom");
        }
    }

    @Test
    void a_refused_login_ends_a_json_connection_with_the_same_code() throws Exception {
        refuseLogins();
        try (JsonClient client = server.json().opens("tom")) {
            JsonNode error = client.hears();
            assertThat(error.path("cmd").asText()).isEqualTo("session");
            assertThat(error.path("op").asText()).isEqualTo("error");
            assertThat(error.path("code").asInt()).isEqualTo(4102);
            assertThat(client.next().closeCode()).isEqualTo(4102);
        }
    }

    @Test
    void a_malformed_login_of_a_json_client_is_closed_too() throws Exception {
        try (JsonClient client = server.json().opens("x".repeat(65))) {
            assertThat(client.hears().path("code").asInt()).isEqualTo(4103);
            assertThat(client.next().closeCode()).isEqualTo(4103);
        }
    }

    @Test
    void a_failure_is_answered_with_4200_and_the_next_command_is_served() throws Exception {
        try (ProtobufClient client = server.protobuf().loggedIn("tom")) {
            chat.on(SessionCommand.Refresh.class, (session, refresh) -> {
                throw new IllegalStateException("broken on purpose");
            });
            client.says(GenericCommand.newBuilder()
                    .setCmd(CommandType.session)
                    .setOp(OpType.refresh)
                    .setI(2)
                    .setSessionMessage(io.parley.protocol.proto.SessionCommand.getDefaultInstance()));
            client.asks(3);
            assertThat(client.hears().getErrorMessage().getCode()).isEqualTo(4200);
            assertThat(client.hears().getI()).isEqualTo(3);
        }
    }

    @Test
    void a_client_that_cannot_be_told_what_it_missed_has_to_connect_again() throws Exception {
        chat.whenCatchingUp = session -> {
            throw new IllegalStateException("broken on purpose");
        };
        try (ProtobufClient client = server.protobuf().loggedIn("tom")) {
            assertThat(client.next().closeCode()).isEqualTo(4200);
        }
    }

    @Test
    void opening_again_on_the_same_connection_names_the_session_it_has() throws Exception {
        try (ProtobufClient client = server.protobuf().loggedIn("tom").loggedIn("tom")) {
            assertThat(chat.opened).hasSize(1);
            assertThat(chat.reopened).hasSize(2);
            assertThat(chat.reopened.get(1)).containsSame(chat.opened.getFirst());
            client.asks(3);
            assertThat(client.hears().getPeerId()).isEqualTo("tom");
        }
    }

    @Test
    void when_the_first_is_forced_off_the_next_takes_its_place() throws Exception {
        List<String> callers = callers();
        try (ProtobufClient client = server.protobuf().loggedIn("tom").loggedIn("jerry")) {
            Clock clock = Clock.systemUTC();
            new Sessions(
                            new Signatures(clock, Revocations.NONE, (app, signature, until) -> true),
                            new SessionTokens(new byte[32], clock, Revocations.NONE),
                            (wanted, who, open) -> {},
                            clock,
                            server.meters)
                    .close(chat.session("tom"));
            client.asks(5);
            assertThat(client.hears().getPeerId()).isEqualTo("jerry");
            client.asksAs("tom", 6);
            assertThat(client.hears().getErrorMessage().getCode()).isEqualTo(4105);
            assertThat(callers).containsExactly("jerry");
            client.loggedIn("tom");
            assertThat(chat.reopened.getLast()).as("the old session is over").isEmpty();
        }
    }

    @Test
    void when_the_socket_is_lost_each_session_is_told_once_and_in_order() throws Exception {
        try (ProtobufClient client =
                server.protobuf().loggedIn("tom").loggedIn("jerry").loggedIn("spike")) {
            client.logsOut("jerry", 4);
            client.hears();
        }
        await().untilAsserted(() -> assertThat(chat.disconnected).containsExactly("tom", "spike"));
        await().until(() -> server.meters.get("parley.connections.open").gauge().value() == 0);
        assertThat(chat.disconnected).hasSize(2);
    }

    @Test
    void what_was_sent_before_the_socket_was_lost_is_still_done() throws Exception {
        Gate gate = new Gate();
        List<String> callers = new CopyOnWriteArrayList<>();
        try (ProtobufClient client = server.protobuf().loggedIn("tom")) {
            chat.on(SessionCommand.Online.class, (session, online) -> {
                gate.pass();
                callers.add(session.client().value());
                return new Reply.Online(List.of());
            });
            client.asks(2);
            client.asks(3);
            client.opens("app", "jerry", 4, "js/5.0.0");
            gate.awaitSomebody();
        }
        await().until(() -> server.meters.find("parley.connections.closed").counter() != null);
        assertThat(chat.disconnected).as("not before the running command").isEmpty();
        gate.open();
        await().untilAsserted(() -> assertThat(chat.disconnected).containsExactly("tom"));
        assertThat(callers).containsExactly("tom", "tom");
        assertThat(chat.opened).as("nobody listens to a new session").hasSize(1);
    }

    @Test
    void core_may_close_a_connection_and_is_told_the_end_of_its_sessions() throws Exception {
        try (ProtobufClient client = server.protobuf().loggedIn("tom")) {
            chat.session("tom").outlet().close(CloseReason.INVALID_ORIGIN);
            assertThat(client.next().closeCode()).isEqualTo(4110);
            await().untilAsserted(() -> assertThat(chat.disconnected).containsExactly("tom"));
            assertThat(server.counted("parley.connections.closed", "reason", "INVALID_ORIGIN"))
                    .isEqualTo(1);
        }
        assertThat(chat.disconnected).hasSize(1);
    }

    @Test
    void frames_bytes_and_commands_are_counted() throws Exception {
        try (JsonClient client = server.json().loggedIn("tom")) {
            client.says("{}");
            client.hears();
            await().untilAsserted(
                            () -> assertThat(server.counted("parley.frames.in")).isEqualTo(2));
            await().untilAsserted(() ->
                    assertThat(server.counted("parley.frames.out")).isEqualTo(2));
            assertThat(server.counted("parley.bytes.in")).isGreaterThan(4);
            assertThat(server.counted("parley.bytes.out")).isGreaterThan(4);
            await().until(() -> server.meters
                            .get("parley.commands")
                            .tag("command", "SessionCommand.Open")
                            .timer()
                            .count()
                    == 1);
            assertThat(server.meters.get("parley.connections.open").gauge().value())
                    .isEqualTo(1);
        }
    }

    private List<String> callers() {
        List<String> callers = new CopyOnWriteArrayList<>();
        chat.on(SessionCommand.Online.class, (session, online) -> {
            callers.add(session.client().value());
            return new Reply.Online(List.of());
        });
        return callers;
    }

    private void refuseLogins() {
        refuseLogins(ErrorCode.SIGNATURE_FAILED);
    }

    private void refuseLogins(ErrorCode why) {
        chat.beforeOpening = open -> {
            throw Refusal.of(why);
        };
    }
}
