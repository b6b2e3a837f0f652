package io.parley.client;

import static io.parley.client.Device.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.client.ScriptedServer.Peer;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.DirectCommand;
import io.parley.client.internal.proto.ErrorCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.SessionCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/// A client at a [ScriptedServer], with a clock that moves when the test says so. All times are those by default.
abstract class Scripted {
    static final Duration HEARTBEAT = Duration.ofMinutes(3);
    static final Duration REPLY = Duration.ofSeconds(10);
    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration RETRY = Duration.ofSeconds(1);

    static final int A_DAY = 86_400;

    final ScriptedServer server = new ScriptedServer();
    final ManualLoop clock = new ManualLoop();
    final Device device =
            Device.of(server.address(), options -> options.loop(clock).retry(RETRY, Duration.ofMinutes(2)));
    final AVIMClient tom = device.realtime.getClient("Tom");

    @AfterEach
    void end() {
        device.close();
        server.close();
    }

    /// The socket that Tom is logged in on.
    Peer logsIn() {
        CompletableFuture<AVIMClient> opening = tom.open();
        Peer peer = server.accepts();
        peer.opens("token", A_DAY);
        await(opening);
        return peer;
    }

    /// The next socket, after Tom was told that the one before is lost, and before he is logged in again.
    Peer reconnects() {
        device.events.next("paused");
        assertThat(device.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.WAITING);
        clock.passes(RETRY);
        return server.accepts();
    }

    /// The client does not try to come back, however long one waits.
    void staysAway() {
        await().until(() -> device.realtime.getConnectionState() == AVIMConnectionState.CLOSED);
        clock.passes(Duration.ofDays(1));
        assertThat(device.realtime.getConnectionState()).isEqualTo(AVIMConnectionState.CLOSED);
    }

    /// Everything that the server has sent before has been taken in, and everything that the client has sent in
    /// return is known.
    void isInStep(Peer peer) {
        CompletableFuture<List<String>> question = tom.getOnlineClients(List.of("Tom"));
        peer.answers(
                peer.expects(CommandType.session),
                GenericCommand.newBuilder()
                        .setCmd(CommandType.session)
                        .setOp(OpType.query_result)
                        .setSessionMessage(SessionCommand.newBuilder().addOnlineSessionPeerIds("Tom")));
        assertThat(await(question)).containsExactly("Tom");
    }

    static GenericCommand.Builder error(int code, String reason) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.error)
                .setErrorMessage(ErrorCommand.newBuilder().setCode(code).setReason(reason));
    }

    static GenericCommand.Builder closed(int code, String reason) {
        SessionCommand.Builder why = SessionCommand.newBuilder();
        if (code != 0) why.setCode(code).setReason(reason);
        return GenericCommand.newBuilder()
                .setCmd(CommandType.session)
                .setOp(OpType.closed)
                .setSessionMessage(why);
    }

    static GenericCommand.Builder goaway() {
        return GenericCommand.newBuilder().setCmd(CommandType.goaway);
    }

    /// A conversation of Tom with Jerry.
    AVIMConversation talks(Peer peer) {
        CompletableFuture<AVIMConversation> creating = tom.createConversation(List.of("Jerry"));
        peer.answers(
                peer.expects(CommandType.conv),
                GenericCommand.newBuilder()
                        .setCmd(CommandType.conv)
                        .setOp(OpType.started)
                        .setConvMessage(ConvCommand.newBuilder().setCid("room").setCdate("2026-01-01T00:00:00.000Z")));
        return await(creating);
    }

    /// A message of Jerry in the conversation that [#talks] makes, for Tom.
    static GenericCommand.Builder message(String id, String content) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setPeerId("Tom")
                .setDirectMessage(DirectCommand.newBuilder()
                        .setCid("room")
                        .setFromPeerId("Jerry")
                        .setId(id)
                        .setConvType(1)
                        .setTimestamp(1_700_000_000_001L)
                        .setMsg(content));
    }
}
