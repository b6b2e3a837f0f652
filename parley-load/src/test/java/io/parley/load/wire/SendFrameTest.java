package io.parley.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import org.junit.jupiter.api.Test;

class SendFrameTest {
    private final CommandView command = new CommandView();
    private final DirectView direct = new DirectView();

    @Test
    void every_message_is_a_whole_command_with_its_own_id_token_and_stamp() throws Exception {
        SendFrame frame = new SendFrame(513, "conversation", 200, true, false);

        GenericCommand first = GenericCommand.parseFrom(frame.next(1_234));
        GenericCommand second = GenericCommand.parseFrom(frame.next(-5));

        assertThat(first.getCmd()).isEqualTo(CommandType.direct);
        assertThat(first.getDirectMessage().getCid()).isEqualTo("conversation");
        assertThat(first.getDirectMessage().getMsg())
                .hasSize(200)
                .startsWith("{\"_lctype\":-1,")
                .endsWith("\"}");
        assertThat(first.getDirectMessage().getR()).isTrue();
        assertThat(first.getDirectMessage().getDt()).hasSize(36);
        assertThat(second.getDirectMessage().getDt())
                .isNotEqualTo(first.getDirectMessage().getDt());
        assertThat(SendFrame.sequenceOf(first.getI())).isEqualTo(1);
        assertThat(SendFrame.sequenceOf(second.getI())).isEqualTo(2);
    }

    @Test
    void a_receiver_reads_the_stamp_back() throws Exception {
        SendFrame frame = new SendFrame(513, "conversation", 100, false, false);
        for (int number = 1; number < 300; number++) {
            frame.next(0);
        }

        GenericCommand sent = GenericCommand.parseFrom(frame.next(-987_654_321));
        view(GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setDirectMessage(DirectCommand.newBuilder()
                        .setMsg(sent.getDirectMessage().getMsg())
                        .setTimestamp(77)
                        .setCid("conversation"))
                .build()
                .toByteArray());

        assertThat(Stamp.isOn(direct)).isTrue();
        assertThat(Stamp.sender(direct)).isEqualTo(513);
        assertThat(Stamp.sequence(direct)).isEqualTo(300);
        assertThat(Stamp.nanos(direct)).isEqualTo(-987_654_321);
        assertThat(direct.timestamp()).isEqualTo(77);
    }

    @Test
    void a_command_is_read_when_fields_of_the_envelope_follow_its_body() throws Exception {
        byte[] body = GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setDirectMessage(DirectCommand.newBuilder()
                        .setMsg("hello")
                        .setId("m1")
                        .setFromPeerId("tom")
                        .setCid("c1")
                        .setConvType(2))
                .build()
                .toByteArray();
        byte[] tail = GenericCommand.newBuilder().setPeerId("jerry").build().toByteArray();

        view(Unpooled.wrappedBuffer(body, tail));

        assertThat(command.command()).isEqualTo(CommandView.DIRECT);
        assertThat(command.answers()).isFalse();
        assertThat(direct.text()).isEqualTo("hello");
        assertThat(direct.id()).isEqualTo("m1");
        assertThat(direct.from()).isEqualTo("tom");
        assertThat(direct.conversation()).isEqualTo("c1");
        assertThat(direct.wantsAck()).isFalse();
        assertThat(command.parse().getPeerId()).isEqualTo("jerry");
    }

    @Test
    void an_answer_to_a_send_tells_id_time_and_refusal() {
        AckView ack = new AckView();
        byte[] bytes = GenericCommand.newBuilder()
                .setCmd(CommandType.ack)
                .setI(-3)
                .setAckMessage(AckCommand.newBuilder()
                        .setCode(4401)
                        .setReason("NO")
                        .setUid("m1")
                        .setT(1L << 40))
                .build()
                .toByteArray();
        command.read(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        command.into(ack);

        assertThat(command.correlation()).isEqualTo(-3);
        assertThat(ack.code()).isEqualTo(4401);
        assertThat(ack.reason()).isEqualTo("NO");
        assertThat(ack.messageId()).isEqualTo("m1");
        assertThat(ack.timestamp()).isEqualTo(1L << 40);
    }

    @Test
    void a_message_too_short_for_its_stamp_is_refused() {
        assertThatThrownBy(() -> new SendFrame(0, "c", Stamp.MIN_BYTES - 1, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(Stamp.MIN_BYTES));
    }

    private void view(byte[] bytes) {
        view(Unpooled.wrappedBuffer(bytes));
    }

    private void view(ByteBuf bytes) {
        command.read(bytes, bytes.readerIndex(), bytes.readableBytes());
        command.into(direct);
    }
}
