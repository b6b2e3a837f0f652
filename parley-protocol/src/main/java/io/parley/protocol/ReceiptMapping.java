package io.parley.protocol;

import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event;
import io.parley.core.command.ReceiptCommand;
import io.parley.core.command.ReceiptCommand.Read.Mark;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.MaxReadTuple;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.RcpCommand;
import io.parley.protocol.proto.ReadCommand;
import io.parley.protocol.proto.ReadTuple;
import io.parley.protocol.proto.UnreadCommand;
import io.parley.protocol.proto.UnreadTuple;
import java.util.ArrayList;
import java.util.List;

/// What was received and read, and what is unread. Source: protocol 4.3.8, 4.6 to 4.8.
final class ReceiptMapping {
    private static final int IM = 2;

    private ReceiptMapping() {}

    /// Acknowledgements of pushed data and LiveQuery events look the same but name no conversation.
    static Inbound ack(Frame frame) {
        GenericCommand command = frame.command();
        AckCommand ack = command.getAckMessage();
        boolean push = command.hasService() && command.getService() != IM;
        boolean nothing = ack.getMid().isEmpty() && ack.getTots() <= 0;
        if (push || nothing || ack.getCid().isEmpty()) return new Inbound.Ignored(List.copyOf(ack.getIdsList()));
        return request(
                command,
                new ReceiptCommand.Ack(
                        Fields.conversation(ack.getCid()),
                        Fields.message(ack.getMid()),
                        Math.max(0, ack.getFromts()),
                        Math.max(0, ack.getTots())));
    }

    static Inbound read(Frame frame) {
        ReadCommand read = frame.command().getReadMessage();
        List<Mark> marks = new ArrayList<>(read.getConvsCount());
        for (ReadTuple tuple : read.getConvsList())
            marks.add(new Mark(Fields.conversation(tuple.getCid()), Math.max(0, tuple.getTimestamp())));
        for (String cid : read.getCidsList()) marks.add(new Mark(Fields.conversation(cid), 0));
        if (!read.getCid().isEmpty()) marks.add(new Mark(Fields.conversation(read.getCid()), 0));
        if (marks.isEmpty()) return new Inbound.Ignored(List.of());
        return request(frame.command(), new ReceiptCommand.Read(marks));
    }

    private static Inbound request(GenericCommand command, ReceiptCommand receipt) {
        return new Inbound.Request(Requests.app(command), Requests.peer(command), Requests.i(command), receipt);
    }

    static ReceiptCommand.MaxRead maxRead(ConvCommand conv) {
        return new ReceiptCommand.MaxRead(Fields.conversation(conv.getCid()), conv.getQueryAllMembers());
    }

    /// C# crashes without the conversation; JS must not see zeros. Source: protocol 4.3.8.
    static GenericCommand.Builder maxRead(Reply.MaxRead marks) {
        ConvCommand.Builder conv = ConversationMapping.of(marks.conversation());
        marks.deliveredUpTo().ifPresent(conv::setMaxAckTimestamp);
        marks.readUpTo().ifPresent(conv::setMaxReadTimestamp);
        return ConversationMapping.frame(OpType.max_read, conv);
    }

    static GenericCommand.Builder maxReadOfEach(Reply.MaxReadOfEach marks) {
        ConvCommand.Builder conv = ConversationMapping.of(marks.conversation());
        for (Reply.MaxReadOfEach.Marks member : marks.members()) {
            MaxReadTuple.Builder tuple =
                    MaxReadTuple.newBuilder().setPid(member.client().value());
            member.deliveredUpTo().ifPresent(tuple::setMaxAckTimestamp);
            member.readUpTo().ifPresent(tuple::setMaxReadTimestamp);
            conv.addMaxReadTuples(tuple);
        }
        return ConversationMapping.frame(OpType.max_read, conv);
    }

    /// Java takes the mere presence of `read` for a read receipt. Source: protocol 10.1, 2.
    static GenericCommand.Builder receipt(Event.Receipt receipt) {
        RcpCommand.Builder rcp = RcpCommand.newBuilder()
                .setId(receipt.message().value())
                .setCid(receipt.conversation().value())
                .setT(receipt.at())
                .setFrom(receipt.from().value());
        if (receipt.read()) rcp.setRead(true);
        return GenericCommand.newBuilder().setCmd(CommandType.rcp).setRcpMessage(rcp);
    }

    static GenericCommand.Builder unread(Event.Unread unread) {
        UnreadCommand.Builder command = UnreadCommand.newBuilder().setNotifTime(unread.at());
        for (Event.Unread.Entry entry : unread.conversations()) command.addConvs(entry(entry));
        return GenericCommand.newBuilder().setCmd(CommandType.unread).setUnreadMessage(command);
    }

    private static UnreadTuple.Builder entry(Event.Unread.Entry entry) {
        StoredMessage last = entry.last();
        ConversationId conversation = entry.conversation();
        UnreadTuple.Builder tuple = UnreadTuple.newBuilder()
                .setCid(conversation.value())
                .setUnread(entry.count())
                .setMentioned(entry.mentioned())
                .setMid(last.id().value())
                .setTimestamp(last.timestamp())
                .setFrom(last.from().value())
                .setConvType(entry.kind().number());
        switch (last.content()) {
            case Content.Text text -> tuple.setData(text.value());
            case Content.Binary binary -> tuple.setBinaryMsg(Fields.bytes(binary));
        }
        if (last.patchedAt() != 0) tuple.setPatchTimestamp(last.patchedAt());
        return tuple;
    }
}
