package io.parley.protocol;

import io.parley.core.command.Command;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.Priority;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;

/// Messages on their way: sent, accepted, delivered. Source: protocol 4.5.
final class MessageMapping {
    private MessageMapping() {}

    static Command command(Frame frame) {
        DirectCommand direct = frame.command().getDirectMessage();
        ConversationId to = Fields.conversation(direct.getCid(), ErrorCode.INVALID_MESSAGING_TARGET);
        Content content = Fields.content(direct.hasMsg(), direct.getMsg(), direct.getBinaryMsg(), direct.hasBinaryMsg())
                .orElseThrow(() -> Refusal.of(ErrorCode.UNPARSEABLE_RAW_MESSAGE, "the message has no content"));
        return new MessageCommand.Send(
                to,
                content,
                Fields.mentions(direct.getMentionAll(), direct.getMentionPidsList()),
                direct.getR(),
                direct.getTransient(),
                direct.getWill(),
                priority(frame.command()),
                Fields.text(Fields.bounded("dt", direct.getDt(), ErrorCode.FRAME_TOO_LONG)),
                Fields.text(direct.getPushData()));
    }

    /// Only chat rooms look at it. Source: protocol 3.2.
    private static Priority priority(GenericCommand command) {
        return switch (command.getPriority()) {
            case 1 -> Priority.HIGH;
            case 3 -> Priority.LOW;
            default -> Priority.NORMAL;
        };
    }

    /// No code: every SDK takes any for a failure, zero included. Source: protocol 10.1, 1.
    static GenericCommand.Builder accepted(Reply.Accepted accepted) {
        return frame(AckCommand.newBuilder()
                .setCid(accepted.conversation().value())
                .setT(accepted.timestamp())
                .setUid(accepted.message().value()));
    }

    static GenericCommand.Builder refused(Reply.SendRefused refused) {
        return frame(refusal(refused.refusal())
                .setCid(refused.conversation().value())
                .setT(refused.timestamp())
                .setUid(refused.message().value()));
    }

    static GenericCommand.Builder refused(Refusal refusal) {
        return frame(refusal(refusal));
    }

    /// JS shows the reason as the error's text, and has a better one of its own for conversations that are over.
    /// Source: protocol 4.5.2.
    private static AckCommand.Builder refusal(Refusal refusal) {
        AckCommand.Builder ack = AckCommand.newBuilder().setCode(refusal.code().number());
        refusal.appCode().ifPresent(ack::setAppCode);
        refusal.appMessage().ifPresent(ack::setAppMsg);
        return refusal.code() == ErrorCode.TEMPORARY_CONVERSATION_EXPIRED ? ack : ack.setReason(refusal.reason());
    }

    private static GenericCommand.Builder frame(AckCommand.Builder ack) {
        return GenericCommand.newBuilder().setCmd(CommandType.ack).setAckMessage(ack);
    }

    /// Whatever is not so is left out: JS takes a time of zero for an edit in 1970, other clients take a key for a yes.
    static GenericCommand.Builder arrived(Event.MessageArrived message) {
        DirectCommand.Builder direct = DirectCommand.newBuilder()
                .setCid(message.conversation().value())
                .setId(message.id().value())
                .setFromPeerId(message.from().value())
                .setTimestamp(message.timestamp())
                .setConvType(message.kind().number());
        switch (message.content()) {
            case Content.Text text -> direct.setMsg(text.value());
            case Content.Binary binary -> direct.setBinaryMsg(Fields.bytes(binary));
        }
        if (message.transientMessage()) direct.setTransient(true);
        if (message.patchedAt() != 0) direct.setPatchTimestamp(message.patchedAt());
        if (message.offline()) direct.setOffline(true);
        if (message.hasMore()) direct.setHasMore(true);
        if (message.mentions().all()) direct.setMentionAll(true);
        direct.addAllMentionPids(Fields.names(message.mentions().clients()));
        return GenericCommand.newBuilder().setCmd(CommandType.direct).setDirectMessage(direct);
    }
}
