package io.parley.conformance;

import io.parley.conformance.sdk.WireClient;
import io.parley.protocol.proto.BlacklistCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.ConvMemberInfo;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.OpType;
import java.util.List;

/// Commands for a [WireClient].
final class RawCommands {
    private RawCommands() {}

    static int count(WireClient client, String conversation) {
        return client.asks(conversation(OpType.count, conversation, List.of()))
                .getConvMessage()
                .getCount();
    }

    static List<String> membersOnline(WireClient client, String room) {
        return client.asks(conversation(OpType.members, room, List.of()))
                .getConvMessage()
                .getMList();
    }

    /// A conversation of the caller and these.
    static String start(WireClient client, String... members) {
        return client.asks(conversation(OpType.start, ConvCommand.newBuilder().addAllM(List.of(members))))
                .getConvMessage()
                .getCid();
    }

    static GenericCommand.Builder startRoom() {
        return conversation(OpType.start, ConvCommand.newBuilder().setTransient(true));
    }

    static GenericCommand.Builder startTemporary(int seconds, String... members) {
        return conversation(
                OpType.start,
                ConvCommand.newBuilder()
                        .setTempConv(true)
                        .setTempConvTTL(seconds)
                        .addAllM(List.of(members)));
    }

    static GenericCommand.Builder queryTemporary(String conversation) {
        return conversation(OpType.query, ConvCommand.newBuilder().addTempConvIds(conversation));
    }

    static GenericCommand.Builder add(String conversation, String... members) {
        return conversation(OpType.add, conversation, List.of(members));
    }

    static GenericCommand.Builder remove(String conversation, String... members) {
        return conversation(OpType.remove, conversation, List.of(members));
    }

    static GenericCommand.Builder rename(String conversation, String name) {
        return conversation(
                OpType.update,
                ConvCommand.newBuilder()
                        .setCid(conversation)
                        .setAttr(JsonObjectMessage.newBuilder().setData("{\"name\":\"" + name + "\"}")));
    }

    static GenericCommand.Builder setRole(String conversation, String member, String role) {
        return conversation(
                OpType.member_info_update,
                ConvCommand.newBuilder()
                        .setCid(conversation)
                        .setTargetClientId(member)
                        .setInfo(ConvMemberInfo.newBuilder().setPid(member).setRole(role)));
    }

    static GenericCommand.Builder conversation(OpType op, String conversation, List<String> members) {
        return conversation(op, ConvCommand.newBuilder().setCid(conversation).addAllM(members));
    }

    static GenericCommand.Builder conversation(OpType op, ConvCommand.Builder body) {
        return GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(body);
    }

    static GenericCommand.Builder blacklist(OpType op, String conversation, String... members) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.blacklist)
                .setOp(op)
                .setBlacklistMessage(
                        BlacklistCommand.newBuilder().setSrcCid(conversation).addAllToPids(List.of(members)));
    }

    static GenericCommand.Builder send(String conversation, String content) {
        return GenericCommand.newBuilder()
                .setCmd(CommandType.direct)
                .setDirectMessage(
                        DirectCommand.newBuilder().setCid(conversation).setMsg(content));
    }
}
