package io.parley.protocol;

import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ErrorCommand;
import io.parley.protocol.proto.GenericCommand;
import java.util.Optional;

/// How core's answers look: every reply, one line each. Java dispatches on the op, so that a wrong one means that its
/// request never completes. Source: protocol 4.1.6.
final class ReplyMapping {
    private static final int MAX_DETAIL = 200;

    private ReplyMapping() {}

    static Optional<GenericCommand.Builder> frame(Reply reply) {
        return switch (reply) {
            case Reply.None none -> Optional.empty();
            case Reply.Opened opened -> Optional.of(SessionMapping.opened(opened));
            case Reply.Refreshed refreshed -> Optional.of(SessionMapping.refreshed(refreshed));
            case Reply.Closed closed -> Optional.of(SessionMapping.closed());
            case Reply.Online online -> Optional.of(SessionMapping.online(online));
            case Reply.DeviceTokenReported reported -> Optional.of(DeviceMapping.reported(reported));
            case Reply.Started started -> Optional.of(ConversationMapping.started(started));
            case Reply.Updated updated -> Optional.of(ConversationMapping.updated(updated));
            case Reply.Conversations found -> Optional.of(ConversationMapping.results(found));
            case Reply.Counted counted -> Optional.of(ConversationMapping.counted(counted));
            case Reply.MembersChanged changed -> Optional.of(MemberMapping.changed(changed));
            case Reply.OnlineMembers online -> Optional.of(MemberMapping.online(online));
            case Reply.RoleSet set -> Optional.of(ModerationMapping.roleSet(set));
            case Reply.Silenced silenced -> Optional.of(ModerationMapping.silenced(silenced));
            case Reply.SilencedList list -> Optional.of(ModerationMapping.silencedList(list));
            case Reply.SilencedChecked checked -> Optional.of(ModerationMapping.silencedChecked(checked));
            case Reply.Blocked blocked -> Optional.of(ModerationMapping.blocked(blocked));
            case Reply.BlockedList list -> Optional.of(ModerationMapping.blockedList(list));
            case Reply.BlockedChecked checked -> Optional.of(ModerationMapping.blockedChecked(checked));
            case Reply.Muted muted -> Optional.of(MemberMapping.muted(muted));
            case Reply.Membership membership -> Optional.of(MemberMapping.membership(membership));
            case Reply.MaxRead marks -> Optional.of(ReceiptMapping.maxRead(marks));
            case Reply.MaxReadOfEach marks -> Optional.of(ReceiptMapping.maxReadOfEach(marks));
            case Reply.Accepted accepted -> Optional.of(MessageMapping.accepted(accepted));
            case Reply.SendRefused refused -> Optional.of(MessageMapping.refused(refused));
            case Reply.History history -> Optional.of(HistoryMapping.history(history));
            case Reply.ToApplication answer -> throw new IllegalArgumentException("no frame asks for this");
            case Reply.Modified modified -> Optional.of(PatchMapping.modified(modified));
        };
    }

    /// The form that any command's refusal may take, except a message's. Source: protocol 4.1.5.
    static GenericCommand.Builder error(Refusal refusal) {
        String detail = refusal.detail();
        ErrorCommand.Builder error = ErrorCommand.newBuilder()
                .setCode(refusal.code().number())
                .setReason(refusal.reason())
                .setDetail(
                        detail.length() > MAX_DETAIL ? JsonText.wellFormed(detail.substring(0, MAX_DETAIL)) : detail);
        refusal.appCode().ifPresent(error::setAppCode);
        refusal.appMessage().ifPresent(error::setAppMsg);
        return GenericCommand.newBuilder().setCmd(CommandType.error).setErrorMessage(error);
    }
}
