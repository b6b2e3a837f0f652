package io.parley.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.parley.client.ScriptedServer.Peer;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.DirectCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.JsonObjectMessage;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.PatchCommand;
import io.parley.client.internal.proto.PatchItem;
import io.parley.client.internal.proto.RcpCommand;
import io.parley.client.internal.proto.UnreadCommand;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What nobody understands is passed over, and what comes after it is heard. Source: protocol 2.2, 4.1.
class ScriptedFrameTest extends Scripted {
    private Peer begins() {
        Peer peer = logsIn();
        talks(peer);
        return peer;
    }

    /// The connection is the same, and works in both directions.
    private void goesOn(Peer peer) {
        peer.sends(message("after-it", "{\"_lctype\":-1,\"_lctext\":\"still here\"}"));
        assertThat(device.events
                        .next("message", event -> event.message().getMessageId().equals("after-it"))
                        .message()
                        .getContent())
                .contains("still here");
        GenericCommand acknowledged = peer.expects(CommandType.ack);
        assertThat(acknowledged.getAckMessage().getMid()).isEqualTo("after-it");
        isInStep(peer);
        assertThat(peer.unexpected()).isEmpty();
        assertThat(device.events.all("paused")).isEmpty();
        assertThat(device.events.all("offline")).isEmpty();
    }

    private static byte[] bytes(GenericCommand.Builder frame) {
        return frame.setPeerId("Tom").build().toByteArray();
    }

    static Stream<Arguments> frames_that_mean_nothing() {
        byte[] whole = bytes(message("cut", "{}"));
        byte[] unknownCommand = {8, 99, 18, 3, 'T', 'o', 'm'};
        byte[] unknownOperation = {8, 1, 16, (byte) 250, 1};
        return Stream.of(
                Arguments.of("nothing at all", new byte[0]),
                Arguments.of("noise", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}),
                Arguments.of("half a message", Arrays.copyOf(whole, whole.length / 2)),
                Arguments.of("JSON", "{\"cmd\":\"direct\"}".getBytes(UTF_8)),
                Arguments.of("a command of a later protocol", unknownCommand),
                Arguments.of("an operation of a later protocol", unknownOperation),
                Arguments.of(
                        "a message for another client",
                        message("other", "{}").setPeerId("Mary").build().toByteArray()),
                Arguments.of("an error that answers nothing", bytes(error(4200, "INTERNAL_ERROR"))),
                Arguments.of(
                        "an answer that nobody waits for",
                        bytes(error(4200, "INTERNAL_ERROR").setI(4711))),
                Arguments.of(
                        "an acknowledgement of nothing",
                        bytes(GenericCommand.newBuilder().setCmd(CommandType.ack))),
                Arguments.of(
                        "a login that nobody asked for",
                        bytes(GenericCommand.newBuilder()
                                .setCmd(CommandType.session)
                                .setOp(OpType.opened))),
                Arguments.of(
                        "an empty count",
                        bytes(GenericCommand.newBuilder()
                                .setCmd(CommandType.unread)
                                .setUnreadMessage(UnreadCommand.getDefaultInstance()))),
                Arguments.of(
                        "a receipt for an unknown message",
                        bytes(GenericCommand.newBuilder()
                                .setCmd(CommandType.rcp)
                                .setRcpMessage(
                                        RcpCommand.newBuilder().setCid("room").setId("unknown")))),
                Arguments.of(
                        "a change that is no JSON",
                        bytes(GenericCommand.newBuilder()
                                .setCmd(CommandType.conv)
                                .setOp(OpType.updated)
                                .setConvMessage(ConvCommand.newBuilder()
                                        .setCid("room")
                                        .setAttr(json("{broken"))
                                        .setAttrModified(json("[]"))))),
                Arguments.of(
                        "an edit without a message",
                        bytes(GenericCommand.newBuilder()
                                .setCmd(CommandType.patch)
                                .setOp(OpType.modify)
                                .setPatchMessage(PatchCommand.newBuilder()
                                        .addPatches(PatchItem.newBuilder().setCid("room"))))));
    }

    private static JsonObjectMessage json(String text) {
        return JsonObjectMessage.newBuilder().setData(text).build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames_that_mean_nothing")
    void a_frame_that_means_nothing_is_passed_over(String what, byte[] frame) {
        Peer peer = begins();

        peer.sends(frame);

        goesOn(peer);
    }

    @Test
    void text_where_bytes_are_due_is_passed_over() {
        Peer peer = begins();

        peer.sendsText("hello");

        goesOn(peer);
    }

    @ParameterizedTest
    @EnumSource(value = CommandType.class, mode = EnumSource.Mode.EXCLUDE, names = "goaway")
    void a_command_without_its_content_is_passed_over(CommandType command) {
        Peer peer = begins();

        peer.sends(bytes(GenericCommand.newBuilder().setCmd(command).setOp(OpType.count)));

        goesOn(peer);
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of("", AVIMMessage.class),
                Arguments.of("no JSON", AVIMMessage.class),
                Arguments.of("{\"_lctype\":-1", AVIMMessage.class),
                Arguments.of("[-1]", AVIMMessage.class),
                Arguments.of("{\"_lctype\":\"text\"}", AVIMMessage.class),
                Arguments.of("{\"_lctype\":-999}", AVIMMessage.class),
                Arguments.of("{\"_lctype\":-1}", AVIMTextMessage.class),
                Arguments.of("{\"_lctype\":-1,\"_lctext\":5,\"_lcattrs\":\"none\"}", AVIMTextMessage.class),
                Arguments.of("{\"_lctype\":-2}", AVIMImageMessage.class),
                Arguments.of("{\"_lctype\":-2,\"_lcfile\":\"none\"}", AVIMImageMessage.class),
                Arguments.of("{\"_lctype\":-3,\"_lcfile\":{\"metaData\":[]}}", AVIMAudioMessage.class),
                Arguments.of("{\"_lctype\":-4,\"_lcfile\":{\"metaData\":{\"width\":\"x\"}}}", AVIMVideoMessage.class),
                Arguments.of("{\"_lctype\":-5,\"_lcloc\":[1,2]}", AVIMLocationMessage.class),
                Arguments.of("{\"_lctype\":-6,\"_lcfile\":null}", AVIMFileMessage.class));
    }

    @ParameterizedTest(name = "<{0}>")
    @MethodSource("contents")
    void a_message_whose_content_is_not_as_it_should_be_is_a_message_all_the_same(
            String content, Class<? extends AVIMMessage> kind) {
        Peer peer = begins();

        peer.sends(message("odd", content));

        AVIMMessage heard = device.events.next("message").message();
        assertThat(heard).isExactlyInstanceOf(kind);
        if (kind == AVIMMessage.class) assertThat(heard.getContent()).isEqualTo(content);
        assertThat(peer.expects(CommandType.ack).getAckMessage().getMid()).isEqualTo("odd");
        goesOn(peer);
    }

    @Test
    void bytes_that_are_no_text_are_a_binary_message() {
        Peer peer = begins();

        peer.sends(GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setPeerId("Tom")
                .setDirectMessage(DirectCommand.newBuilder()
                        .setCid("room")
                        .setId("bytes")
                        .setFromPeerId("Jerry")
                        .setConvType(1)
                        .setTimestamp(1_700_000_000_001L)
                        .setBinaryMsg(ByteString.copyFrom(new byte[] {-1, 0, 1}))));

        assertThat(device.events.next("message").message()).isInstanceOf(AVIMBinaryMessage.class);
        peer.expects(CommandType.ack);
        goesOn(peer);
    }
}
