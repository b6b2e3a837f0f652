package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.app.App;
import io.parley.core.command.AppId;
import io.parley.core.signature.Signatures;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logging in, staying in, and who is here. Source: semantics 2, 11, 16.
class LoginRulesTest {
    private final ManualClock clock = new ManualClock();

    private ParleyServer server(String... settings) {
        ParleyServer.Setup setup = ParleyServer.with().clock(clock);
        for (String setting : settings) setup.set("appDefaults." + setting.split("=")[0], setting.split("=")[1]);
        return setup.start();
    }

    private Consumer<SessionCommand.Builder> signed(ParleyServer server, String client, String nonce) {
        App app = server.parley().apps().get(new AppId(TestApp.ID));
        long now = clock.millis();
        String signature = Signatures.sign(app, TestApp.ID + ":" + client + "::" + now + ":" + nonce);
        return session -> session.setS(signature).setT(now).setN(nonce);
    }

    private static GenericCommand.Builder refreshing(Consumer<SessionCommand.Builder> fields) {
        SessionCommand.Builder session = SessionCommand.newBuilder();
        fields.accept(session);
        return GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.refresh)
                .setSessionMessage(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890123456789012345678901234567890123456789012345678901234", "七号 player"})
    void a_client_id_is_any_text_of_up_to_64_characters(String id) throws Exception {
        try (var server = server();
                Device device = Device.login(server, id);
                Device tooLong = Device.connect(server, id + "x".repeat(65 - id.length()))) {
            assertThat(device.startWith("Jerry")).isNotEmpty();
            assertThat(Device.code(tooLong.open(session -> {}))).isEqualTo(4103);
        }
    }

    @Test
    void at_most_twenty_are_looked_up_at_once() throws Exception {
        try (var server = server();
                Device device = Device.login(server, "client0")) {
            List<String> all =
                    IntStream.range(0, 25).mapToObj(i -> "client" + i).toList();
            for (String other : all.subList(1, 25)) device.alsoLogin(other);

            SessionCommand online = device.ask(GenericCommand.newBuilder()
                            .setCmd(CommandType.session)
                            .setOp(OpType.query)
                            .setSessionMessage(SessionCommand.newBuilder().addAllSessionPeerIds(all)))
                    .getSessionMessage();

            assertThat(online.getOnlineSessionPeerIdsList()).containsExactlyElementsOf(all.subList(0, 20));
        }
    }

    @Test
    void logins_count_as_commands_and_a_minute_later_they_are_forgotten() throws Exception {
        try (var server = server("otherCommandsPerMinute=3");
                Device tom = Device.connect(server, "Tom");
                Device jerry = Device.connect(server, "Jerry")) {
            for (int i = 0; i < 3; i++)
                assertThat(tom.open(session -> {}).getOp()).isEqualTo(OpType.opened);

            assertThat(Device.code(tom.open(session -> {}))).isEqualTo(4116);

            assertThat(jerry.open(session -> {}).getOp()).isEqualTo(OpType.opened);
            clock.advance(Duration.ofSeconds(61));
            assertThat(tom.open(session -> {}).getOp()).isEqualTo(OpType.opened);
        }
    }

    @Test
    void an_expired_token_is_renewed_by_a_signature_only() throws Exception {
        try (var server = server("loginSignature=true");
                Device tom = Device.connect(server, "Tom")) {
            String token =
                    tom.open(signed(server, "Tom", "first")).getSessionMessage().getSt();
            clock.advance(Duration.ofDays(3));

            assertThat(tom.refused(refreshing(session -> session.setSt(token)))).isEqualTo(4102);
            assertThat(tom.refused(refreshing(session -> {
                        session.setSt(token);
                        signed(server, "Jerry", "his").accept(session);
                    })))
                    .isEqualTo(4102);
            GenericCommand refreshed = tom.ask(refreshing(session -> {
                session.setSt(token);
                signed(server, "Tom", "second").accept(session);
            }));

            assertThat(refreshed.getOp()).isEqualTo(OpType.refreshed);
            try (Device back = Device.connect(server, "Tom")) {
                String fresh = refreshed.getSessionMessage().getSt();
                assertThat(back.open(session -> session.setSt(fresh)).getOp()).isEqualTo(OpType.opened);
                assertThat(Device.code(back.open(session -> session.setSt(token))))
                        .isEqualTo(4112);
            }
        }
    }

    @Test
    void where_signatures_are_taken_once_a_second_login_needs_a_new_one() throws Exception {
        try (var server = server("loginSignature=true", "signatures.singleUse=true")) {
            Consumer<SessionCommand.Builder> signature = signed(server, "Tom", "nonce");
            try (Device tom = Device.connect(server, "Tom");
                    Device thief = Device.connect(server, "Tom")) {
                String token = tom.open(signature).getSessionMessage().getSt();
                assertThat(Device.code(thief.open(signature))).isEqualTo(4102);
                assertThat(thief.open(signed(server, "Tom", "another")).getOp()).isEqualTo(OpType.opened);
                assertThat(tom.open(session -> session.setSt(token)).getOp())
                        .as("a token needs no signature")
                        .isEqualTo(OpType.opened);
            }
            server.restart();
            try (Device thief = Device.connect(server, "Tom")) {
                assertThat(Device.code(thief.open(signature))).isEqualTo(4102);
            }
        }
    }

    @Test
    void leaving_is_never_signed() throws Exception {
        try (var server = server();
                Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            App app = server.parley().apps().get(new AppId(TestApp.ID));
            server.parley().apps().change(app.id(), settings -> Settings.of("conversationSignature", "true"));

            assertThat(tom.refused(Device.command(
                            OpType.remove, conv -> conv.setCid(chat).addM("Jerry"))))
                    .isEqualTo(4302);
            assertThat(tom.conversation(OpType.remove, conv -> conv.setCid(chat).addM("Tom"))
                            .getOp())
                    .isEqualTo(OpType.removed);
        }
    }

    /// What is sent to somebody who was told to be here is a message, not something that was missed.
    @Test
    void a_message_right_after_the_login_arrives_as_a_message() throws Exception {
        try (var server = server();
                Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                try (Device jerry = Device.connect(server, "Jerry")) {
                    GenericCommand opened = jerry.open(session -> session.setLastUnreadNotifTime(Long.MAX_VALUE));
                    tom.send(chat, "message " + i);
                    assertThat(opened.getOp()).isEqualTo(OpType.opened);
                    heard.add(jerry.next().getDirectMessage().getMsg());
                }
            }
            assertThat(heard)
                    .containsExactlyElementsOf(IntStream.range(0, 100)
                            .mapToObj(i -> "message " + i)
                            .toList());
        }
    }
}
