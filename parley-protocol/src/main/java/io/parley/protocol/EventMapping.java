package io.parley.protocol;

import io.parley.core.command.Event;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;

/// How events look: every one, one line each. Never with an `i`. Source: protocol 4.1.1.
final class EventMapping {
    /// A notice that the client can fetch again later.
    private static final int PERMANENT = 1;

    private EventMapping() {}

    static GenericCommand.Builder frame(Event event) {
        return switch (event) {
            // Only these carry a time: JS and Swift remember it as the last notice they have seen. Protocol 4.1.4.
            case Event.Timed timed ->
                notice(timed.notice()).setServerTs(timed.serverTime()).setNotificationType(PERMANENT);
            case Event.Notice notice -> notice(notice);
            case Event.MessageArrived message -> MessageMapping.arrived(message);
            case Event.Unread unread -> ReceiptMapping.unread(unread);
            case Event.MessagesPatched patched -> PatchMapping.patched(patched);
            case Event.SessionClosed closed -> SessionMapping.closed(closed);
            case Event.GoAway goAway -> GenericCommand.newBuilder().setCmd(CommandType.goaway);
        };
    }

    private static GenericCommand.Builder notice(Event.Notice notice) {
        return switch (notice) {
            case Event.Joined joined -> MemberMapping.joined(joined);
            case Event.Left left -> MemberMapping.left(left);
            case Event.MembersJoined joined -> MemberMapping.membersJoined(joined);
            case Event.MembersLeft left -> MemberMapping.membersLeft(left);
            case Event.ConversationUpdated updated -> ConversationMapping.updated(updated);
            case Event.RoleChanged changed -> ModerationMapping.roleChanged(changed);
            case Event.Silenced silenced -> ModerationMapping.silenced(silenced);
            case Event.MembersSilenced silenced -> ModerationMapping.membersSilenced(silenced);
            case Event.Blocked blocked -> ModerationMapping.blocked(blocked);
            case Event.MembersBlocked blocked -> ModerationMapping.membersBlocked(blocked);
            case Event.Receipt receipt -> ReceiptMapping.receipt(receipt);
        };
    }
}
