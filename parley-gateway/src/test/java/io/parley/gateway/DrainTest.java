package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestGateway server = new TestGateway();

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<Void> drain(Duration patience) {
        return CompletableFuture.runAsync(() -> server.gateway.drain(patience), Thread::startVirtualThread);
    }

    @Test
    void clients_are_asked_to_go_and_the_drain_ends_when_the_last_is_gone() throws Exception {
        try (ProtobufClient tom = server.protobuf().loggedIn("tom").loggedIn("jerry")) {
            CompletableFuture<Void> drained = drain(LONG);
            GenericCommand goAway = tom.hears();
            assertThat(goAway.getCmd()).isEqualTo(CommandType.goaway);
            assertThat(goAway.hasI()).isFalse();
            assertThat(goAway.getService()).isEqualTo(2);
            assertThat(goAway.getPeerId()).isEqualTo("tom");
            assertThat(drained).isNotDone();
            tom.send(ServerFrame.CLOSE, ServerFrame.closing(1000, ""));
            drained.get(20, TimeUnit.SECONDS);
            assertThat(server.chat.disconnected).containsExactly("tom", "jerry");
        }
    }

    @Test
    void new_sockets_are_refused_with_503() throws Exception {
        drain(Duration.ZERO).get(20, TimeUnit.SECONDS);
        try (RawSocket late = server.raw()) {
            late.request("GET / HTTP/1.1", RawSocket.handshake());
            assertThat(late.status).isEqualTo(503);
            assertThat(late.readBody()).contains("about to stop");
        }
    }

    @Test
    void open_work_is_finished_and_answered() throws Exception {
        Gate gate = new Gate();
        server.chat.on(SessionCommand.Online.class, (session, online) -> {
            gate.pass();
            return new Reply.Online(List.of());
        });
        try (ProtobufClient tom = server.protobuf().loggedIn("tom")) {
            tom.asks(2);
            gate.awaitSomebody();
            CompletableFuture<Void> drained = drain(LONG);
            gate.open();
            assertThat(tom.hears().getI()).isEqualTo(2);
            assertThat(tom.hears().getCmd()).isEqualTo(CommandType.goaway);
            tom.send(ServerFrame.CLOSE, ServerFrame.closing(1000, ""));
            drained.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void who_stays_is_closed_with_1001_when_patience_is_over() throws Exception {
        try (ProtobufClient tom = server.protobuf().loggedIn("tom")) {
            CompletableFuture<Void> drained = drain(Duration.ofMillis(500));
            assertThat(tom.hears().getCmd()).isEqualTo(CommandType.goaway);
            assertThat(tom.next().closeCode()).isEqualTo(1001);
            drained.get(20, TimeUnit.SECONDS);
            assertThat(server.chat.disconnected).containsExactly("tom");
        }
    }

    /// They do not know the command, or would not come back the way it means.
    @Test
    void old_clients_are_not_asked_but_closed_in_the_end() throws Exception {
        try (ProtobufClient js3 = server.protobuf().loggedIn("tom", "js/3.5.7");
                JsonClient js2 = server.json().loggedIn("jerry")) {
            CompletableFuture<Void> drained = drain(Duration.ofMillis(500));
            assertThat(js3.next().closeCode()).isEqualTo(1001);
            assertThat(js2.next().closeCode()).isEqualTo(1001);
            drained.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void who_is_not_logged_in_is_closed_at_once() throws Exception {
        try (ProtobufClient tom = server.protobuf()) {
            await().until(() ->
                    server.meters.get("parley.connections.open").gauge().value() == 1);
            CompletableFuture<Void> drained = drain(LONG);
            assertThat(tom.next().closeCode()).isEqualTo(1001);
            drained.get(20, TimeUnit.SECONDS);
        }
    }
}
