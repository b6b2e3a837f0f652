package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.client.ScriptedServer.Peer;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.SessionCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a client comes, is refused, is sent away, and comes back. Source: protocol 2.3, 2.4, 4.2, 9.
class ScriptedLoginTest extends Scripted {
    private final CompletableFuture<AVIMClient> opening = new CompletableFuture<>();

    private Peer asksToLogIn() {
        tom.open().whenComplete((client, error) -> {
            if (error == null) opening.complete(client);
            else opening.completeExceptionally(error);
        });
        return server.accepts();
    }

    // ---- refused

    @ParameterizedTest
    @ValueSource(ints = {4100, 4102, 4103, 4105, 4106, 4111, 4112, 4113, 4116, 4117, 4200, 4999})
    void a_refused_login_fails_with_the_code_and_is_not_tried_again(int code) {
        Peer peer = asksToLogIn();

        peer.answers(peer.expects(CommandType.session), error(code, "NO_ENTRY"));

        AVIMException refused = failure(opening);
        assertThat(refused.getCode()).isEqualTo(code);
        assertThat(refused).hasMessageContaining("NO_ENTRY");
        peer.isLeft();
        staysAway();
        assertThat(device.events.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4102, 4111, 4113, 4115})
    void a_login_that_is_answered_with_the_end_of_the_session_is_refused(int code) {
        Peer peer = asksToLogIn();

        peer.answers(peer.expects(CommandType.session), closed(code, "NO_ENTRY"));

        assertThat(failure(opening).getCode()).isEqualTo(code);
        staysAway();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 4100, 4103, 4107, 4108, 4109, 4110, 4114})
    void a_first_login_whose_socket_ends_fails(int code) {
        Peer peer = asksToLogIn();
        peer.expects(CommandType.session);

        peer.closes(code, "WHY_NOT");

        AVIMException failed = failure(opening);
        assertThat(failed.getCode()).isEqualTo(code >= 4000 ? code : AVIMException.CONNECTION_FAILED);
        assertThat(failed).hasMessageContaining("WHY_NOT");
        staysAway();
    }

    @Test
    void a_login_that_is_not_answered_fails_in_time() {
        Peer peer = asksToLogIn();
        peer.expects(CommandType.session);

        clock.passes(REPLY);

        assertThat(failure(opening).getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        peer.isLeft();
        staysAway();
    }

    @Test
    void what_was_refused_can_be_tried_again_by_the_application() {
        Peer first = asksToLogIn();
        first.answers(first.expects(CommandType.session), error(4102, "SIGNATURE_FAILED"));
        failure(opening);
        first.isLeft();

        logsIn();

        assertThat(tom.isOpen()).isTrue();
    }

    // ---- sent away

    @ParameterizedTest
    @ValueSource(ints = {4100, 4103, 4110})
    void a_fatal_close_code_ends_the_client_and_is_told(int code) {
        Peer peer = logsIn();

        peer.closes(code, "FATAL");

        assertThat(device.events.next("offline").by()).isEqualTo(Integer.toString(code));
        staysAway();
        assertThat(tom.isOpen()).isFalse();
        assertThat(device.events.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4102, 4111, 4112, 4113, 4115})
    void a_session_that_the_server_closes_stays_closed_and_the_handler_is_told(int code) {
        Peer peer = logsIn();

        peer.sends(closed(code, "SENT_AWAY").setPeerId("Tom"));

        assertThat(device.events.next("offline").by()).isEqualTo(Integer.toString(code));
        peer.isLeft();
        staysAway();
        assertThat(failure(tom.createConversation(List.of("Jerry"))).getCode())
                .isEqualTo(AVIMException.SESSION_REQUIRED);
        assertThat(device.events.all()).hasSize(1);
    }

    @Test
    void after_a_conflict_only_a_login_of_the_user_pushes_the_other_device_out() {
        Peer peer = logsIn();
        peer.sends(closed(4111, "SESSION_CONFLICT").setPeerId("Tom"));
        device.events.next("offline");
        peer.isLeft();

        CompletableFuture<AVIMClient> again = tom.open();
        SessionCommand login = server.accepts().opens("new token", A_DAY).getSessionMessage();

        await(again);
        assertThat(login.getR()).isFalse();
        assertThat(login.hasSt()).as("what was ended is forgotten").isFalse();
    }

    @Test
    void a_session_that_ends_leaves_others_on_the_same_socket_alone() {
        Peer peer = logsIn();
        AVIMClient jerry = device.realtime.getClient("Jerry");
        CompletableFuture<AVIMClient> jerryOpens = jerry.open();
        peer.opens("another token", A_DAY);
        await(jerryOpens);

        peer.sends(closed(4111, "SESSION_CONFLICT").setPeerId("Jerry"));

        assertThat(device.events.next("offline").client()).isSameAs(jerry);
        isInStep(peer);
        assertThat(tom.isOpen()).isTrue();
        assertThat(jerry.isOpen()).isFalse();
    }

    // ---- coming back

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1012, 4107, 4108, 4109, 4113, 4114, 4116})
    void after_any_other_end_of_the_socket_the_client_comes_back_with_its_token(int code) {
        Peer peer = logsIn();

        peer.closes(code, "");
        SessionCommand login = reconnects().opens("next token", A_DAY).getSessionMessage();

        device.events.next("resumed");
        assertThat(login.getR()).as("does not push out others").isTrue();
        assertThat(login.getSt()).isEqualTo("token");
    }

    @Test
    void after_a_socket_that_ends_without_a_word_the_client_comes_back() {
        Peer peer = logsIn();

        peer.drops();
        reconnects().opens("next token", A_DAY);

        device.events.next("resumed");
    }

    @Test
    void a_token_that_the_server_does_not_take_any_more_is_replaced_by_a_signed_login() {
        device.realtime.setSignatureFactory(new Signer());
        Peer peer = logsIn();
        peer.drops();
        Peer next = reconnects();

        GenericCommand withToken = next.expects(CommandType.session);
        next.answers(withToken, error(4112, "SESSION_TOKEN_EXPIRED"));
        SessionCommand signed = next.opens("fresh token", A_DAY).getSessionMessage();

        device.events.next("resumed");
        assertThat(withToken.getSessionMessage().getSt()).isEqualTo("token");
        assertThat(withToken.getSessionMessage().hasS()).isFalse();
        assertThat(signed.hasSt()).isFalse();
        assertThat(signed.getS()).isEqualTo("signed");
        assertThat(signed.getR()).isTrue();
    }

    private static final class Signer implements SignatureFactory {
        private static Signature signature() {
            Signature signature = new Signature();
            signature.setSignature("signed");
            signature.setTimestamp(1);
            signature.setNonce("nonce");
            return signature;
        }

        @Override
        public Signature createSignature(String clientId, List<String> watchIds) {
            return signature();
        }

        @Override
        public Signature createConversationSignature(
                @Nullable String conversationId, String clientId, List<String> targetIds, String action) {
            return signature();
        }
    }

    @Test
    void a_token_whose_time_is_over_is_not_sent() {
        Peer peer = asksToLogIn();
        peer.opens("short token", 60);
        await(opening);
        clock.passes(Duration.ofSeconds(60));

        peer.drops();
        SessionCommand login = reconnects().opens("next token", A_DAY).getSessionMessage();

        device.events.next("resumed");
        assertThat(login.hasSt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {4102, 4103, 4106, 4111, 4113})
    void a_client_that_may_not_come_back_is_offline_for_good(int code) {
        Peer peer = logsIn();
        peer.drops();
        Peer next = reconnects();

        next.answers(next.expects(CommandType.session), error(code, "NO_RETURN"));

        assertThat(device.events.next("offline").by()).isEqualTo(Integer.toString(code));
        staysAway();
    }

    @Test
    void a_server_that_fails_at_a_return_is_tried_again() {
        Peer peer = logsIn();
        peer.drops();
        Peer failing = reconnects();

        failing.answers(failing.expects(CommandType.session), error(4200, "INTERNAL_ERROR"));
        failing.isLeft();
        clock.passes(RETRY.multipliedBy(2));
        server.accepts().opens("next token", A_DAY);

        device.events.next("resumed");
        assertThat(device.events.all("paused")).hasSize(1);
    }

    // ---- heartbeats

    @Test
    void a_heartbeat_that_is_answered_keeps_the_connection() {
        Peer peer = logsIn();

        for (int i = 0; i < 3; i++) {
            clock.passes(HEARTBEAT);
            peer.answers(
                    peer.expects(CommandType.echo), GenericCommand.newBuilder().setCmd(CommandType.echo));
            isInStep(peer);
        }
        clock.passes(REPLY);

        isInStep(peer);
        assertThat(device.events.all()).isEmpty();
    }

    @Test
    void a_heartbeat_that_is_not_answered_ends_the_connection_and_begins_another() {
        Peer peer = logsIn();

        clock.passes(HEARTBEAT);
        peer.expects(CommandType.echo);
        clock.passes(REPLY);
        reconnects().opens("next token", A_DAY);

        device.events.next("resumed");
        peer.isLeft();
    }

    @Test
    void attempts_to_come_back_are_further_and_further_apart_up_to_a_limit() {
        Peer peer = logsIn();
        server.answersRoutes(ScriptedServer.answer("503 Service Unavailable", "", ""));
        peer.drops();
        device.events.next("paused");
        long asked = server.timesAsked();

        for (int wait = 1; wait <= 128; wait *= 2) {
            clock.passes(Duration.ofSeconds(Math.min(wait, 120)));
            waitsAgain();
        }

        assertThat(server.timesAsked() - asked).isEqualTo(8);
    }

    private void waitsAgain() {
        await().until(() -> device.realtime.getConnectionState() == AVIMConnectionState.WAITING);
    }

    @Test
    void an_answer_without_a_token_is_a_login_all_the_same() {
        Peer peer = asksToLogIn();
        peer.answers(
                peer.expects(CommandType.session),
                GenericCommand.newBuilder().setCmd(CommandType.session).setOp(OpType.opened));
        await(opening);

        peer.drops();
        SessionCommand login = reconnects().opens("token", A_DAY).getSessionMessage();

        device.events.next("resumed");
        assertThat(login.hasSt()).isFalse();
    }
}
