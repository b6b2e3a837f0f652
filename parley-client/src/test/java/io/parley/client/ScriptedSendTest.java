package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ScriptedServer.Peer;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ErrorCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.RcpCommand;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of messages and requests that are not answered as one hopes. Source: protocol 2.5, 4.5.3, 8.6, 9.
class ScriptedSendTest extends Scripted {
    private final AVIMTextMessage hello = new AVIMTextMessage("hello");
    private Peer peer;
    private AVIMConversation chat;

    @BeforeEach
    void talk() {
        peer = logsIn();
        chat = talks(peer);
    }

    private static GenericCommand.Builder ack(AckCommand.Builder what) {
        return GenericCommand.newBuilder().setCmd(CommandType.ack).setAckMessage(what);
    }

    private static GenericCommand.Builder stored(String id) {
        return ack(AckCommand.newBuilder().setUid(id).setT(1_700_000_000_002L));
    }

    private static GenericCommand.Builder echo() {
        return GenericCommand.newBuilder().setCmd(CommandType.echo);
    }

    private static String token(GenericCommand direct) {
        assertThat(direct.getDirectMessage().getDt()).isNotEmpty();
        return direct.getDirectMessage().getDt();
    }

    // ---- no answer

    @Test
    void a_message_that_is_never_acknowledged_is_sent_again_with_the_same_token_and_fails_in_the_end() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);
        String token = token(peer.expects(CommandType.direct));

        for (int i = 0; i < 2; i++) {
            clock.passes(REPLY);
            peer.answers(peer.expects(CommandType.echo), echo());
            assertThat(token(peer.expects(CommandType.direct))).isEqualTo(token);
            isInStep(peer);
        }
        clock.passes(REPLY);

        assertThat(failure(sending).getCode()).isEqualTo(AVIMException.TIMEOUT);
        assertThat(hello.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusFailed);
        assertThat(tom.isOpen()).as("the connection works").isTrue();
    }

    @Test
    void a_receipt_that_overtakes_the_acknowledgement_is_told_with_the_message() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello, new AVIMMessageOption().setReceipt(true));
        GenericCommand direct = peer.expects(CommandType.direct);
        peer.sends(receipt("m1"));
        isInStep(peer);
        peer.answers(direct, stored("m1"));
        await(sending);

        assertThat(device.events.next("receipt").message()).isSameAs(hello);
        peer.sends(receipt("m0"));
        assertThat(device.events.next("receipt").message().getMessageId())
                .as("nothing is on its way: a message of before this program")
                .isEqualTo("m0");
    }

    private static GenericCommand.Builder receipt(String message) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.rcp)
                .setPeerId("Tom")
                .setRcpMessage(RcpCommand.newBuilder()
                        .setCid("room")
                        .setId(message)
                        .setFrom("Jerry")
                        .setT(1_700_000_000_003L));
    }

    @Test
    void the_same_message_sent_again_by_the_application_keeps_its_token() {
        CompletableFuture<AVIMMessage> first = chat.sendMessage(hello);
        GenericCommand refused = peer.expects(CommandType.direct);
        peer.answers(refused, ack(AckCommand.newBuilder().setCode(4200).setReason("INTERNAL_ERROR")));
        failure(first);

        CompletableFuture<AVIMMessage> second = chat.sendMessage(hello);
        GenericCommand again = peer.expects(CommandType.direct);
        peer.answers(again, stored("m1"));

        assertThat(await(second).getMessageId()).isEqualTo("m1");
        assertThat(token(again)).isEqualTo(token(refused));
    }

    @Test
    void an_acknowledgement_that_comes_after_the_message_was_sent_again_counts_and_the_second_one_is_ignored() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);
        GenericCommand first = peer.expects(CommandType.direct);
        clock.passes(REPLY);
        peer.answers(peer.expects(CommandType.echo), echo());
        GenericCommand second = peer.expects(CommandType.direct);

        peer.answers(second, stored("m1"));
        peer.answers(second, stored("m2"));
        peer.answers(first, stored("m3"));

        assertThat(await(sending).getMessageId()).isEqualTo("m1");
        isInStep(peer);
        assertThat(hello.getMessageId()).isEqualTo("m1");
    }

    @Test
    void a_server_that_answers_nothing_at_all_is_left_for_a_new_connection_and_the_message_goes_there() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);
        String token = token(peer.expects(CommandType.direct));

        clock.passes(REPLY);
        clock.passes(REPLY);
        Peer next = reconnects();
        next.opens("next token", A_DAY);
        GenericCommand again = next.expects(CommandType.direct);
        next.answers(again, stored("m1"));

        assertThat(await(sending).getMessageId()).isEqualTo("m1");
        assertThat(token(again)).isEqualTo(token);
        peer.isLeft();
    }

    @Test
    void a_request_that_is_not_answered_fails_in_time() {
        CompletableFuture<Integer> counting = chat.getMemberCount();
        peer.expects(CommandType.conv);

        clock.passes(REPLY);

        assertThat(failure(counting).getCode()).isEqualTo(AVIMException.TIMEOUT);
        peer.answers(peer.expects(CommandType.echo), echo());
        isInStep(peer);
        assertThat(tom.isOpen()).isTrue();
    }

    // ---- moved

    @Test
    void a_server_that_sends_its_clients_away_loses_no_message() {
        CompletableFuture<AVIMMessage> first = chat.sendMessage(hello);
        CompletableFuture<AVIMMessage> second = chat.sendMessage(new AVIMTextMessage("world"));
        String firstToken = token(peer.expects(CommandType.direct));
        String secondToken = token(peer.expects(CommandType.direct));
        long asked = server.timesAsked();

        peer.sends(goaway());
        Peer next = reconnects();
        GenericCommand login = next.opens("next token", A_DAY);
        GenericCommand firstAgain = next.expects(CommandType.direct);
        GenericCommand secondAgain = next.expects(CommandType.direct);
        next.answers(firstAgain, stored("m1"));
        next.answers(secondAgain, stored("m2"));

        assertThat(await(first).getMessageId()).isEqualTo("m1");
        assertThat(await(second).getMessageId()).isEqualTo("m2");
        assertThat(token(firstAgain)).isEqualTo(firstToken);
        assertThat(token(secondAgain)).isEqualTo(secondToken);
        assertThat(login.getSessionMessage().getSt()).isEqualTo("token");
        assertThat(server.timesAsked()).as("where to go is asked anew").isEqualTo(asked + 1);
        device.events.next("resumed");
        peer.isLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void all_clients_of_the_connection_move_whomever_the_server_names(boolean named) {
        AVIMClient jerry = device.realtime.getClient("Jerry");
        CompletableFuture<AVIMClient> opening = jerry.open();
        peer.opens("token of Jerry", A_DAY);
        await(opening);

        peer.sends(named ? goaway().setPeerId("Jerry").setService(2) : goaway());
        Peer next = reconnects();
        GenericCommand one = next.opens("next token", A_DAY);
        GenericCommand other = next.opens("next token of Jerry", A_DAY);

        assertThat(one.getPeerId()).isEqualTo("Tom");
        assertThat(other.getPeerId()).isEqualTo("Jerry");
        device.events.next("resumed", "Tom");
        device.events.next("resumed", "Jerry");
    }

    @Test
    void a_transient_message_is_not_sent_again_after_a_move() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello, new AVIMMessageOption().setTransient(true));
        peer.expects(CommandType.direct);

        peer.sends(goaway());
        Peer next = reconnects();
        next.opens("next token", A_DAY);
        device.events.next("resumed");

        assertThat(failure(sending).getCode()).isEqualTo(AVIMException.CONNECTION_FAILED);
        isInStep(next);
    }

    @Test
    void a_session_that_ends_while_a_message_is_on_its_way_fails_the_message() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);
        peer.expects(CommandType.direct);

        peer.sends(closed(4115, "KICKED_BY_APP").setPeerId("Tom"));

        assertThat(failure(sending).getCode()).isEqualTo(4115);
        staysAway();
    }

    // ---- refused

    @ParameterizedTest
    @ValueSource(ints = {4105, 4116, 4200, 4201, 4303, 4308, 4315, 4317, 4323, 4401, 4402, 4406, 4548, 4563, 4999})
    void a_refused_message_fails_with_the_code_and_is_not_sent_again(int code) {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);

        peer.answers(
                peer.expects(CommandType.direct),
                ack(AckCommand.newBuilder().setCode(code).setReason("REFUSED")));

        AVIMException refused = failure(sending);
        assertThat(refused.getCode()).isEqualTo(code);
        assertThat(refused).hasMessageContaining("REFUSED");
        isInStep(peer);
        assertThat(tom.isOpen()).isTrue();
    }

    @Test
    void a_message_that_is_answered_with_an_error_is_refused() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);

        peer.answers(peer.expects(CommandType.direct), error(4303, "CONVERSATION_NOT_FOUND"));

        assertThat(failure(sending).getCode()).isEqualTo(4303);
        isInStep(peer);
    }

    @Test
    void what_the_application_s_hook_said_is_told() {
        CompletableFuture<AVIMMessage> sending = chat.sendMessage(hello);

        peer.answers(
                peer.expects(CommandType.direct),
                ack(AckCommand.newBuilder()
                        .setCode(4402)
                        .setReason("MESSAGE_REJECTED_BY_APP")
                        .setAppCode(17)
                        .setAppMsg("not on Sundays")));

        AVIMException refused = failure(sending);
        assertThat(refused.getAppCode()).isEqualTo(17);
        assertThat(refused).hasMessageContaining("not on Sundays");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                4101, 4105, 4106, 4112, 4113, 4116, 4200, 4201, 4300, 4301, 4302, 4303, 4304, 4305, 4306, 4307, 4308,
                4309, 4310, 4311, 4312, 4313, 4314, 4316, 4317, 4318, 4320, 4321, 4322, 4323, 4324, 4325, 4403, 4404,
                4405, 4406, 4407, 4543, 4544, 4546, 4548, 4561, 4999
            })
    void a_refused_request_fails_with_the_code_and_the_client_goes_on(int code) {
        CompletableFuture<Void> joining = chat.join();

        peer.answers(
                peer.expects(CommandType.conv),
                GenericCommand.newBuilder()
                        .setCmd(CommandType.error)
                        .setErrorMessage(ErrorCommand.newBuilder()
                                .setCode(code)
                                .setReason("REFUSED")
                                .setDetail("in detail")));

        AVIMException refused = failure(joining);
        assertThat(refused.getCode()).isEqualTo(code);
        assertThat(refused).hasMessageContaining("REFUSED").hasMessageContaining("in detail");
        isInStep(peer);
        assertThat(tom.isOpen()).isTrue();
    }
}
