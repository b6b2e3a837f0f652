package io.parley.testing;

import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.ReadCommand;
import io.parley.protocol.proto.ReadTuple;
import java.util.function.Consumer;

/// Frames that send, acknowledge and read messages.
final class Messages {
    private Messages() {}

    static GenericCommand.Builder of(String conversation, String text, Consumer<DirectCommand.Builder> fields) {
        DirectCommand.Builder direct =
                DirectCommand.newBuilder().setCid(conversation).setMsg(text);
        fields.accept(direct);
        return GenericCommand.newBuilder().setCmd(CommandType.direct).setDirectMessage(direct);
    }

    static GenericCommand.Builder ack(String conversation, DirectCommand message) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.ack)
                .setAckMessage(AckCommand.newBuilder().setCid(conversation).setMid(message.getId()));
    }

    static GenericCommand.Builder read(String conversation, long upTo) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.read)
                .setReadMessage(ReadCommand.newBuilder()
                        .addConvs(ReadTuple.newBuilder().setCid(conversation).setTimestamp(upTo)));
    }
}
