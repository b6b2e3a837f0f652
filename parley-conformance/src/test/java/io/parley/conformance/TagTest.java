package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.WireClient;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One device per tag, field by field as no SDK shows it; DeviceTest shows it with the SDKs. Source: semantics 2.4.
@ExtendWith(Scenes.class)
class TagTest {
    private static final boolean BY_ITSELF = true;
    private static final boolean BY_ITS_USER = false;

    @Test
    void a_newer_login_ends_the_older_session_and_leaves_its_socket_open(Scene scene) {
        WireClient phone = scene.rawClient("phone", "");
        WireClient tablet = scene.rawClient("tablet", "");
        assertThat(logsIn(phone, "tom-tag-1", "mobile", "phone", BY_ITS_USER).getOp())
                .isEqualTo(OpType.opened);

        assertThat(logsIn(tablet, "tom-tag-1", "mobile", "tablet", BY_ITS_USER).getOp())
                .isEqualTo(OpType.opened);

        GenericCommand closed = phone.expects(OpType.closed);
        assertThat(closed.hasI()).isFalse();
        assertThat(closed.getPeerId()).isEqualTo("tom-tag-1");
        assertThat(closed.getService()).isEqualTo(2);
        assertThat(closed.getSessionMessage().getCode()).isEqualTo(4111);
        assertThat(closed.getSessionMessage().getReason()).isEqualTo("SESSION_CONFLICT");
        assertThat(logsIn(phone, "somebody-else-on-the-phone", "mobile", "phone", BY_ITS_USER)
                        .getOp())
                .as("the same socket takes another login")
                .isEqualTo(OpType.opened);
    }

    @Test
    void a_device_that_comes_back_by_itself_does_not_push_the_newer_one_out(Scene scene) {
        WireClient phone = scene.rawClient("phone", "");
        WireClient tablet = scene.rawClient("tablet", "");
        logsIn(phone, "tom-tag-2", "mobile", "phone", BY_ITS_USER);
        logsIn(tablet, "tom-tag-2", "mobile", "tablet", BY_ITS_USER);
        phone.expects(OpType.closed);

        GenericCommand refused = logsIn(phone, "tom-tag-2", "mobile", "phone", BY_ITSELF);

        assertThat(codeOf(refused)).isEqualTo(4111);
        assertThat(isOnline(tablet, "tom-tag-2")).isTrue();
    }

    @Test
    void the_same_device_comes_back_while_its_old_socket_is_not_yet_known_to_be_dead(Scene scene) {
        WireClient before = scene.rawClient("before", "");
        WireClient after = scene.rawClient("after", "");
        logsIn(before, "tom-tag-3", "mobile", "phone", BY_ITS_USER);

        assertThat(logsIn(after, "tom-tag-3", "mobile", "phone", BY_ITSELF).getOp())
                .isEqualTo(OpType.opened);
    }

    @Test
    void a_session_token_remembers_tag_and_device(Scene scene) {
        WireClient before = scene.rawClient("before", "");
        WireClient after = scene.rawClient("after", "");
        WireClient tablet = scene.rawClient("tablet", "");
        String token = logsIn(before, "tom-tag-4", "mobile", "phone", BY_ITS_USER)
                .getSessionMessage()
                .getSt();

        // As the JavaScript SDK comes back: without tag and device.
        SessionCommand.Builder comeback =
                SessionCommand.newBuilder().setSt(token).setR(true);
        assertThat(after.asks(after.login().setPeerId("tom-tag-4").setSessionMessage(comeback))
                        .getOp())
                .isEqualTo(OpType.opened);

        logsIn(tablet, "tom-tag-4", "mobile", "tablet", BY_ITS_USER);
        assertThat(after.expects(OpType.closed).getSessionMessage().getCode()).isEqualTo(4111);
        GenericCommand refused =
                before.asks(before.login().setPeerId("tom-tag-4").setSessionMessage(comeback));
        assertThat(codeOf(refused)).isEqualTo(4111);
    }

    @Test
    void no_tag_or_the_default_one_or_another_one_never_conflicts(Scene scene) {
        WireClient phone = scene.rawClient("phone", "");
        logsIn(phone, "tom-tag-5", "mobile", "phone", BY_ITS_USER);
        for (String tag : new String[] {"", "", "default", "default", "desktop"}) {
            WireClient other = scene.rawClient("other", "");
            assertThat(logsIn(other, "tom-tag-5", tag, "", BY_ITSELF).getOp()).isEqualTo(OpType.opened);
        }
        // A fence: what comes next is the answer.
        assertThat(isOnline(phone, "tom-tag-5")).isTrue();
    }

    @Test
    void who_names_no_device_is_nobodys_same_device(Scene scene) {
        WireClient one = scene.rawClient("one", "");
        WireClient other = scene.rawClient("other", "");
        logsIn(one, "tom-tag-6", "mobile", "", BY_ITS_USER);

        assertThat(codeOf(logsIn(other, "tom-tag-6", "mobile", "", BY_ITSELF))).isEqualTo(4111);
    }

    private static GenericCommand logsIn(
            WireClient socket, String client, String tag, String device, boolean reconnect) {
        SessionCommand.Builder session =
                SessionCommand.newBuilder().setUa("raw").setR(reconnect);
        if (!tag.isEmpty()) session.setTag(tag);
        if (!device.isEmpty()) session.setDeviceId(device);
        return socket.asks(socket.login().setPeerId(client).setSessionMessage(session));
    }

    private static int codeOf(GenericCommand refused) {
        return refused.getCmd() == CommandType.error
                ? refused.getErrorMessage().getCode()
                : refused.getSessionMessage().getCode();
    }

    private static boolean isOnline(WireClient socket, String client) {
        return socket.asks(GenericCommand.newBuilder()
                        .setCmd(CommandType.session)
                        .setOp(OpType.query)
                        .setPeerId(client)
                        .setSessionMessage(SessionCommand.newBuilder().addSessionPeerIds(client)))
                .getSessionMessage()
                .getOnlineSessionPeerIdsList()
                .contains(client);
    }
}
