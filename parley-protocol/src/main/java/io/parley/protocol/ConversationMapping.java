package io.parley.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.ConversationCommand;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import java.util.Optional;

/// Conversations as documents, and the table of contents of everything called `conv` on the wire. Source: protocol 4.3.
final class ConversationMapping {
    private static final int COMPACT = 1;
    private static final int LAST_MESSAGE = 2;

    private ConversationMapping() {}

    static Command command(Frame frame) {
        GenericCommand command = frame.command();
        if (!command.hasOp()) throw Requests.nothingLike(frame);
        ConvCommand conv = command.getConvMessage();
        return switch (command.getOp()) {
            case start -> start(frame);
            case update -> new ConversationCommand.Update(Fields.conversation(conv.getCid()), changes(conv));
            case query -> query(conv);
            case count -> new ConversationCommand.Count(Fields.conversation(conv.getCid()));
            case add -> MemberMapping.add(frame);
            case remove -> MemberMapping.remove(frame);
            case mute -> MemberMapping.mute(conv, true);
            case unmute -> MemberMapping.mute(conv, false);
            case is_member -> MemberMapping.isMember(conv);
            case max_read -> ReceiptMapping.maxRead(conv);
            case members -> MemberMapping.listOnline(conv);
            case member_info_update -> ModerationMapping.setRole(conv);
            case add_shutup -> ModerationMapping.silence(conv, true);
            case remove_shutup -> ModerationMapping.silence(conv, false);
            case query_shutup -> ModerationMapping.listSilenced(conv);
            case check_shutup -> ModerationMapping.checkSilenced(conv);
            default -> throw Requests.nothingLike(frame);
        };
    }

    /// C# asks for unique chat rooms and temporary conversations, too: their kind wins. Source: protocol 10.1, 41.
    private static ConversationCommand.Start start(Frame frame) {
        ConvCommand conv = frame.command().getConvMessage();
        Kind kind = conv.getTransient() ? Kind.CHAT_ROOM : conv.getTempConv() ? Kind.TEMPORARY : Kind.NORMAL;
        Duration ttl = kind == Kind.TEMPORARY ? Duration.ofSeconds(Math.max(0, conv.getTempConvTTL())) : Duration.ZERO;
        return new ConversationCommand.Start(
                Fields.clients(conv.getMList()),
                attributes(conv),
                kind,
                conv.getUnique() && kind == Kind.NORMAL,
                ttl,
                MemberMapping.signature(frame));
    }

    private static ObjectNode attributes(ConvCommand conv) {
        String text = conv.getAttr().getData();
        return text.isEmpty() || text.equals("null") ? JsonText.emptyObject() : attributes(text);
    }

    private static ObjectNode changes(ConvCommand conv) {
        return attributes(conv.getAttr().getData());
    }

    /// Java 6.0.5 sends a printed map instead of JSON. Source: protocol 10.1, 54.
    private static ObjectNode attributes(String text) {
        return JsonText.object(text)
                .orElseThrow(() -> Refusal.of(ErrorCode.CONVERSATION_UPDATE_FAILED, "attr is not a JSON object"));
    }

    private static ConversationCommand.Query query(ConvCommand conv) {
        return new ConversationCommand.Query(
                WhereMapping.where(conv.getWhere().getData()),
                conv.getSort(),
                conv.hasLimit() ? conv.getLimit() : ConversationCommand.Query.DEFAULT_LIMIT,
                conv.getSkip(),
                (conv.getFlag() & COMPACT) != 0,
                (conv.getFlag() & LAST_MESSAGE) != 0,
                Fields.conversations(conv.getTempConvIdsList()));
    }

    static GenericCommand.Builder started(Reply.Started started) {
        ConvCommand.Builder conv = of(started.conversation()).setCdate(Fields.iso(started.createdAt()));
        started.uniqueId().ifPresent(conv::setUniqueId);
        if (started.existing()) conv.setExisting(true);
        if (started.ttl().isPositive()) conv.setTempConvTTL(Fields.seconds(started.ttl()));
        return frame(OpType.started, conv);
    }

    /// Swift needs the date and the resulting values, Java the request. Source: protocol 4.3.3.
    static GenericCommand.Builder updated(Reply.Updated updated) {
        return frame(
                OpType.updated,
                of(updated.conversation())
                        .setUdate(Fields.iso(updated.updatedAt()))
                        .setAttr(Fields.json(JsonText.of(updated.requested())))
                        .setAttrModified(Fields.json(JsonText.of(updated.modified()))));
    }

    /// Always an array, be it empty. Source: protocol 4.3.5.
    static GenericCommand.Builder results(Reply.Conversations found) {
        return frame(OpType.results, ConvCommand.newBuilder().setResults(Fields.json(JsonText.of(found.documents()))));
    }

    static GenericCommand.Builder counted(Reply.Counted counted) {
        return frame(OpType.result, of(counted.conversation()).setCount(counted.count()));
    }

    static GenericCommand.Builder updated(Event.ConversationUpdated updated) {
        return frame(
                OpType.updated,
                changedBy(updated.conversation(), updated.by())
                        .setUdate(Fields.iso(updated.at()))
                        .setAttr(Fields.json(JsonText.of(updated.attributes())))
                        .setAttrModified(Fields.json(JsonText.of(updated.modified()))));
    }

    static ConvCommand.Builder of(ConversationId conversation) {
        return ConvCommand.newBuilder().setCid(conversation.value());
    }

    static ConvCommand.Builder changedBy(ConversationId conversation, Optional<ClientId> by) {
        return of(conversation).setInitBy(by.map(ClientId::value).orElse(""));
    }

    static GenericCommand.Builder frame(OpType op, ConvCommand.Builder conv) {
        return GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(conv);
    }
}
