package io.parley.protocol;

import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.ModerationCommand.Block;
import io.parley.core.command.ModerationCommand.CheckBlocked;
import io.parley.core.command.ModerationCommand.CheckSilenced;
import io.parley.core.command.ModerationCommand.ListBlocked;
import io.parley.core.command.ModerationCommand.ListSilenced;
import io.parley.core.command.ModerationCommand.SetRole;
import io.parley.core.command.ModerationCommand.Silence;
import io.parley.core.command.Page;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.Signature;
import io.parley.protocol.proto.BlacklistCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.ConvMemberInfo;
import io.parley.protocol.proto.ErrorCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Roles, silence and blacklists. Source: protocol 4.3.9, 4.3.10, 4.11.
final class ModerationMapping {
    private static final int MAX_TARGETS = 1000;

    private ModerationMapping() {}

    static Command setRole(ConvCommand conv) {
        String target = conv.getTargetClientId().isEmpty() ? conv.getInfo().getPid() : conv.getTargetClientId();
        return new SetRole(
                Fields.conversation(conv.getCid()),
                new ClientId(target),
                Fields.bounded("role", conv.getInfo().getRole(), ErrorCode.UNKNOWN_CONVERSATION_ROLE));
    }

    static Command silence(ConvCommand conv, boolean silenced) {
        return new Silence(Fields.conversation(conv.getCid()), targets(conv.getMList()), silenced);
    }

    static Command listSilenced(ConvCommand conv) {
        return new ListSilenced(
                Fields.conversation(conv.getCid()),
                Page.of(
                        conv.hasLimit() ? Optional.of(conv.getLimit()) : Optional.empty(),
                        Fields.text(conv.getNext())));
    }

    static Command checkSilenced(ConvCommand conv) {
        return new CheckSilenced(Fields.conversation(conv.getCid()), targets(conv.getMList()));
    }

    static Command blacklist(Frame frame) {
        GenericCommand command = frame.command();
        if (!command.hasOp()) throw Requests.nothingLike(frame);
        BlacklistCommand blacklist = command.getBlacklistMessage();
        // The form in which a client blocks conversations is in no SDK.
        if (blacklist.getSrcCid().isEmpty()) throw Requests.notAvailable(frame);
        ConversationId conversation = Fields.conversation(blacklist.getSrcCid());
        return switch (command.getOp()) {
            case block -> new Block(conversation, targets(blacklist.getToPidsList()), true, signature(frame));
            case unblock -> new Block(conversation, targets(blacklist.getToPidsList()), false, signature(frame));
            case query ->
                new ListBlocked(
                        conversation,
                        Page.of(
                                blacklist.hasLimit() ? Optional.of(blacklist.getLimit()) : Optional.empty(),
                                Fields.text(blacklist.getNext())));
            case check_block -> new CheckBlocked(conversation, targets(blacklist.getToPidsList()));
            default -> throw Requests.nothingLike(frame);
        };
    }

    private static List<ClientId> targets(List<String> pids) {
        if (pids.isEmpty() || pids.size() > MAX_TARGETS)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_OPERATION_UNAUTHORIZED,
                    "1 to %d clients are named at once; got %d",
                    MAX_TARGETS,
                    pids.size());
        return Fields.clients(pids);
    }

    private static Optional<Signature> signature(Frame frame) {
        BlacklistCommand blacklist = frame.command().getBlacklistMessage();
        String time = frame.signatureTime().orElseGet(() -> blacklist.hasT() ? Long.toString(blacklist.getT()) : "");
        return Fields.signature(blacklist.getS(), time, blacklist.getN());
    }

    static GenericCommand.Builder roleSet(Reply.RoleSet set) {
        return ConversationMapping.frame(OpType.member_info_updated, ConversationMapping.of(set.conversation()));
    }

    static GenericCommand.Builder silenced(Reply.Silenced silenced) {
        return ConversationMapping.frame(
                silenced.silenced() ? OpType.shutup_added : OpType.shutup_removed,
                ConversationMapping.of(silenced.conversation())
                        .addAllAllowedPids(Fields.names(silenced.allowed()))
                        .addAllFailedPids(failed(silenced.failed())));
    }

    /// The last page says no `next`. Source: protocol 4.3.10.
    static GenericCommand.Builder silencedList(Reply.SilencedList list) {
        ConvCommand.Builder conv = ConversationMapping.of(list.conversation()).addAllM(Fields.names(list.clients()));
        list.next().ifPresent(conv::setNext);
        return ConversationMapping.frame(OpType.shutup_result, conv);
    }

    static GenericCommand.Builder silencedChecked(Reply.SilencedChecked checked) {
        return ConversationMapping.frame(
                OpType.check_result,
                ConversationMapping.of(checked.conversation()).addAllM(Fields.names(checked.silenced())));
    }

    static GenericCommand.Builder blocked(Reply.Blocked blocked) {
        return blacklist(
                blocked.blocked() ? OpType.blocked : OpType.unblocked,
                of(blocked.conversation())
                        .addAllAllowedPids(Fields.names(blocked.allowed()))
                        .addAllFailedPids(failed(blocked.failed())));
    }

    static GenericCommand.Builder blockedList(Reply.BlockedList list) {
        BlacklistCommand.Builder blacklist = of(list.conversation()).addAllBlockedPids(Fields.names(list.clients()));
        list.next().ifPresent(blacklist::setNext);
        return blacklist(OpType.query_result, blacklist);
    }

    static GenericCommand.Builder blockedChecked(Reply.BlockedChecked checked) {
        return blacklist(
                OpType.check_result, of(checked.conversation()).addAllBlockedPids(Fields.names(checked.blocked())));
    }

    private static BlacklistCommand.Builder of(ConversationId conversation) {
        return BlacklistCommand.newBuilder().setSrcCid(conversation.value());
    }

    private static GenericCommand.Builder blacklist(OpType op, BlacklistCommand.Builder blacklist) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.blacklist)
                .setOp(op)
                .setBlacklistMessage(blacklist);
    }

    static List<ErrorCommand> failed(List<Reply.Failed> failed) {
        return failed.stream()
                .map(group -> ErrorCommand.newBuilder()
                        .setCode(group.code().number())
                        .setReason(group.code().name())
                        .addAllPids(Fields.names(group.clients()))
                        .build())
                .toList();
    }

    static GenericCommand.Builder roleChanged(Event.RoleChanged changed) {
        return notice(
                OpType.member_info_changed,
                changed.conversation(),
                changed.by(),
                changed.at(),
                conv -> conv.setInfo(ConvMemberInfo.newBuilder()
                        .setPid(changed.target().value())
                        .setRole(changed.role().wireName())));
    }

    static GenericCommand.Builder silenced(Event.Silenced silenced) {
        return notice(
                silenced.silenced() ? OpType.shutuped : OpType.unshutuped,
                silenced.conversation(),
                silenced.by(),
                silenced.at(),
                conv -> conv);
    }

    static GenericCommand.Builder membersSilenced(Event.MembersSilenced silenced) {
        return notice(
                silenced.silenced() ? OpType.members_shutuped : OpType.members_unshutuped,
                silenced.conversation(),
                silenced.by(),
                silenced.at(),
                conv -> conv.addAllM(Fields.names(silenced.members())));
    }

    static GenericCommand.Builder blocked(Event.Blocked blocked) {
        return notice(
                blocked.blocked() ? OpType.blocked : OpType.unblocked,
                blocked.conversation(),
                blocked.by(),
                blocked.at(),
                conv -> conv);
    }

    static GenericCommand.Builder membersBlocked(Event.MembersBlocked blocked) {
        return notice(
                blocked.blocked() ? OpType.members_blocked : OpType.members_unblocked,
                blocked.conversation(),
                blocked.by(),
                blocked.at(),
                conv -> conv.addAllM(Fields.names(blocked.members())));
    }

    private static GenericCommand.Builder notice(
            OpType op,
            ConversationId conversation,
            Optional<ClientId> by,
            Instant at,
            UnaryOperator<ConvCommand.Builder> more) {
        return ConversationMapping.frame(
                op, more.apply(ConversationMapping.changedBy(conversation, by).setUdate(Fields.iso(at))));
    }
}
