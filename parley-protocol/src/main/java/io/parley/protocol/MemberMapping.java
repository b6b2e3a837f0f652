package io.parley.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Event;
import io.parley.core.command.Kind;
import io.parley.core.command.MemberCommand;
import io.parley.core.command.Reply;
import io.parley.core.command.Signature;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is in a conversation. Source: protocol 4.3.2, 4.3.4, 4.3.7, 4.4.
final class MemberMapping {
    private MemberMapping() {}

    static MemberCommand.Add add(Frame frame) {
        ConvCommand conv = frame.command().getConvMessage();
        return new MemberCommand.Add(
                Fields.conversation(conv.getCid()), Fields.clients(conv.getMList()), signature(frame));
    }

    static MemberCommand.Remove remove(Frame frame) {
        ConvCommand conv = frame.command().getConvMessage();
        return new MemberCommand.Remove(
                Fields.conversation(conv.getCid()), Fields.clients(conv.getMList()), signature(frame));
    }

    static MemberCommand.Mute mute(ConvCommand conv, boolean muted) {
        return new MemberCommand.Mute(Fields.conversation(conv.getCid()), muted);
    }

    static MemberCommand.IsMember isMember(ConvCommand conv) {
        List<String> cids = conv.getCidsCount() == 0 ? List.of(conv.getCid()) : conv.getCidsList();
        return new MemberCommand.IsMember(Fields.conversations(cids));
    }

    static MemberCommand.ListOnline listOnline(ConvCommand conv) {
        return new MemberCommand.ListOnline(
                Fields.conversation(conv.getCid()),
                conv.hasLimit() ? conv.getLimit() : MemberCommand.ListOnline.MAX_ONLINE);
    }

    static GenericCommand.Builder online(Reply.OnlineMembers online) {
        return ConversationMapping.frame(
                OpType.members, ConversationMapping.of(online.conversation()).addAllM(Fields.names(online.clients())));
    }

    static Optional<Signature> signature(Frame frame) {
        ConvCommand conv = frame.command().getConvMessage();
        String time = frame.signatureTime().orElseGet(() -> conv.hasT() ? Long.toString(conv.getT()) : "");
        return Fields.signature(conv.getS(), time, conv.getN());
    }

    /// Without the date Swift does not change its member list. Source: protocol 10.1, 19.
    static GenericCommand.Builder changed(Reply.MembersChanged changed) {
        ConvCommand.Builder conv = ConversationMapping.of(changed.conversation())
                .setUdate(Fields.iso(changed.updatedAt()))
                .addAllAllowedPids(Fields.names(changed.allowed()))
                .addAllFailedPids(ModerationMapping.failed(changed.failed()));
        return ConversationMapping.frame(changed.added() ? OpType.added : OpType.removed, conv);
    }

    static GenericCommand.Builder muted(Reply.Muted muted) {
        return ConversationMapping.frame(
                OpType.updated, ConversationMapping.of(muted.conversation()).setUdate(Fields.iso(muted.updatedAt())));
    }

    static GenericCommand.Builder membership(Reply.Membership membership) {
        ObjectNode results = JsonText.emptyObject();
        membership.memberOf().forEach((conversation, member) -> results.put(conversation.value(), member));
        return ConversationMapping.frame(
                OpType.result, ConvCommand.newBuilder().setResults(Fields.json(JsonText.of(results))));
    }

    static GenericCommand.Builder joined(Event.Joined joined) {
        ConvCommand.Builder conv = notice(joined.conversation(), joined.by(), joined.at());
        return ConversationMapping.frame(OpType.joined, kind(conv, joined.kind(), joined.ttl()));
    }

    static GenericCommand.Builder left(Event.Left left) {
        return ConversationMapping.frame(OpType.left, notice(left.conversation(), left.by(), left.at()));
    }

    static GenericCommand.Builder membersJoined(Event.MembersJoined joined) {
        ConvCommand.Builder conv =
                notice(joined.conversation(), joined.by(), joined.at()).addAllM(Fields.names(joined.members()));
        return ConversationMapping.frame(OpType.members_joined, kind(conv, joined.kind(), Duration.ZERO));
    }

    static GenericCommand.Builder membersLeft(Event.MembersLeft left) {
        return ConversationMapping.frame(
                OpType.members_left,
                notice(left.conversation(), left.by(), left.at()).addAllM(Fields.names(left.members())));
    }

    private static ConvCommand.Builder notice(ConversationId conversation, Optional<ClientId> by, Instant at) {
        return ConversationMapping.changedBy(conversation, by).setUdate(Fields.iso(at));
    }

    /// Java makes a conversation of this kind from the notice alone. Source: protocol 4.4.
    private static ConvCommand.Builder kind(ConvCommand.Builder conv, Kind kind, Duration ttl) {
        if (kind == Kind.TEMPORARY) conv.setTempConv(true);
        if (kind == Kind.CHAT_ROOM) conv.setTransient(true);
        if (ttl.isPositive()) conv.setTempConvTTL(Fields.seconds(ttl));
        return conv;
    }
}
