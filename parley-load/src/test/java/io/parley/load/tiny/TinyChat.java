package io.parley.load.tiny;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.ErrorCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.LogsCommand.QueryDirection;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.ReadTuple;
import io.parley.protocol.proto.SessionCommand;
import io.parley.protocol.proto.UnreadCommand;
import io.parley.protocol.proto.UnreadTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a tiny server knows and does. Belongs to the server's event loop, except [#acks].
public final class TinyChat {
    private static final int NOW_AND_THEN = 37;

    private final Set<Fault> faults;
    private final Map<Channel, String> sessions = new LinkedHashMap<>(); // client by connection
    private final Map<String, TinyConversation> conversations = new LinkedHashMap<>();
    private final List<AckCommand> acks = new CopyOnWriteArrayList<>();
    private final Map<Channel, GenericCommand> held = new HashMap<>();
    private int deliveries;

    TinyChat(Set<Fault> faults) {
        this.faults = faults;
    }

    /// What clients confirmed so far.
    public List<AckCommand> acks() {
        return acks;
    }

    void left(Channel connection) {
        sessions.remove(connection);
    }

    void crashed() {
        sessions.clear();
        held.clear();
        if (faults.contains(Fault.LOSES_THE_END_IN_A_CRASH)) {
            conversations.values().forEach(TinyConversation::forgetNewest);
        }
    }

    void handle(Channel connection, GenericCommand command) {
        switch (command.getCmd()) {
            case session -> session(connection, command);
            case conv -> conversation(connection, command);
            case direct -> direct(connection, command);
            case ack -> acks.add(command.getAckMessage());
            case read -> read(connection, command);
            case logs -> logs(connection, command);
            default -> {}
        }
    }

    private void session(Channel connection, GenericCommand command) {
        OpType answer = switch (command.getOp()) {
            case open -> OpType.opened;
            case close -> OpType.closed;
            default -> OpType.query_result;
        };
        if (answer == OpType.opened) {
            sessions.put(connection, command.getPeerId());
        }
        reply(
                connection,
                command,
                GenericCommand.newBuilder()
                        .setCmd(CommandType.session)
                        .setOp(answer)
                        .setServerTs(System.currentTimeMillis())
                        .setSessionMessage(
                                SessionCommand.newBuilder().setSt("token").setStTtl(3600)));
        if (answer == OpType.opened) {
            pushUnread(connection, command.getPeerId());
        } else if (answer == OpType.closed) {
            sessions.remove(connection);
        }
    }

    private void pushUnread(Channel connection, String client) {
        UnreadCommand.Builder unread = UnreadCommand.newBuilder().setNotifTime(System.currentTimeMillis());
        conversations.forEach((id, conversation) -> {
            int count = conversation.unread(client);
            if (count > 0) {
                int told = count + (faults.contains(Fault.MISCOUNTS_UNREAD) ? 1 : 0);
                unread.addConvs(UnreadTuple.newBuilder().setCid(id).setUnread(Math.min(told, 100)));
            }
        });
        if (unread.getConvsCount() > 0) {
            push(
                    connection,
                    GenericCommand.newBuilder().setCmd(CommandType.unread).setUnreadMessage(unread));
        }
    }

    private void conversation(Channel connection, GenericCommand command) {
        ConvCommand body = command.getConvMessage();
        switch (command.getOp()) {
            case start -> {
                if (body.getTransient() && faults.contains(Fault.REFUSES_ROOMS)) {
                    refuse(connection, command, 4316, "TRANSIENT_CONVERSATION_REQUIRED");
                    return;
                }
                String id = "conversation" + conversations.size();
                TinyConversation started = new TinyConversation(body.getTransient());
                conversations.put(id, started);
                body.getMList().forEach(started::add);
                answer(
                        connection,
                        command,
                        OpType.started,
                        ConvCommand.newBuilder().setCid(id));
                body.getMList().forEach(member -> notice(member, OpType.joined, id));
            }
            case add -> {
                body.getMList().forEach(member -> conversationOf(body.getCid()).add(member));
                answer(
                        connection,
                        command,
                        OpType.added,
                        ConvCommand.newBuilder().addAllAllowedPids(body.getMList()));
                body.getMList().forEach(member -> notice(member, OpType.joined, body.getCid()));
            }
            case remove -> {
                if (!faults.contains(Fault.DELIVERS_TO_STRANGERS)) {
                    body.getMList()
                            .forEach(member -> conversationOf(body.getCid()).remove(member));
                }
                answer(
                        connection,
                        command,
                        OpType.removed,
                        ConvCommand.newBuilder().addAllAllowedPids(body.getMList()));
                body.getMList().forEach(member -> notice(member, OpType.left, body.getCid()));
            }
            default ->
                answer(
                        connection,
                        command,
                        OpType.result,
                        ConvCommand.newBuilder().setCount(0));
        }
    }

    private void notice(String client, OpType op, String conversation) {
        sessions.forEach((connection, of) -> {
            if (of.equals(client)) {
                push(
                        connection,
                        GenericCommand.newBuilder()
                                .setCmd(CommandType.conv)
                                .setOp(op)
                                .setConvMessage(ConvCommand.newBuilder().setCid(conversation)));
            }
        });
    }

    private void direct(Channel connection, GenericCommand command) {
        String client = sessions.getOrDefault(connection, "");
        DirectCommand body = command.getDirectMessage();
        TinyConversation conversation = conversationOf(body.getCid());
        if (!conversation.isMember(client)) {
            reply(
                    connection,
                    command,
                    GenericCommand.newBuilder()
                            .setCmd(CommandType.ack)
                            .setAckMessage(
                                    AckCommand.newBuilder().setCode(4401).setReason("INVALID_MESSAGING_TARGET")));
            return;
        }
        boolean heedsToken = !faults.contains(Fault.IGNORES_TOKENS);
        TinyConversation.Stored before = heedsToken ? conversation.sentBefore(client, body.getDt()) : null;
        TinyConversation.Stored stored = before == null ? conversation.append(client, body) : before;
        if (faults.contains(Fault.FORGETS_MESSAGE) && conversation.size() % NOW_AND_THEN == 0) {
            conversation.forgetNewest();
        }
        reply(
                connection,
                command,
                GenericCommand.newBuilder()
                        .setCmd(CommandType.ack)
                        .setAckMessage(AckCommand.newBuilder()
                                .setUid(stored.id())
                                .setT(stored.timestamp())
                                .setCid(body.getCid())));
        if (before == null) {
            deliver(connection, body.getCid(), conversation, stored);
        }
    }

    private void deliver(Channel sender, String id, TinyConversation conversation, TinyConversation.Stored stored) {
        DirectCommand.Builder message = DirectCommand.newBuilder()
                .setCid(id)
                .setId(stored.id())
                .setFromPeerId(stored.from())
                .setTimestamp(stored.timestamp())
                .setMsg(stored.text())
                .setConvType(conversation.isRoom() ? 2 : 1);
        new ArrayList<>(sessions.entrySet()).forEach(session -> {
            if (session.getKey() != sender && conversation.isMember(session.getValue())) {
                deliver(
                        session.getKey(),
                        GenericCommand.newBuilder()
                                .setCmd(CommandType.direct)
                                .setPeerId(session.getValue())
                                .setDirectMessage(message)
                                .build());
            }
        });
    }

    private void deliver(Channel connection, GenericCommand message) {
        deliveries++;
        boolean now = deliveries % NOW_AND_THEN == 0;
        if (now && faults.contains(Fault.SKIPS_DELIVERY)) {
            return;
        }
        if (now && faults.contains(Fault.SWAPS_DELIVERIES) && !held.containsKey(connection)) {
            held.put(connection, message);
            return;
        }
        write(connection, message);
        if (now && faults.contains(Fault.DOUBLES_DELIVERY)) {
            write(connection, message);
        }
        GenericCommand late = held.remove(connection);
        if (late != null) {
            write(connection, late);
        }
    }

    private void read(Channel connection, GenericCommand command) {
        String client = sessions.getOrDefault(connection, "");
        for (ReadTuple tuple : command.getReadMessage().getConvsList()) {
            conversationOf(tuple.getCid()).read(client, tuple.getTimestamp());
        }
    }

    private void logs(Channel connection, GenericCommand command) {
        LogsCommand body = command.getLogsMessage();
        TinyConversation conversation = conversationOf(body.getCid());
        if (!conversation.isMember(sessions.getOrDefault(connection, ""))) {
            refuse(connection, command, 4312, "CONVERSATION_LOG_REJECTED");
            return;
        }
        LogsCommand.Builder page = LogsCommand.newBuilder();
        boolean forwards = body.getDirection() == QueryDirection.NEW;
        for (TinyConversation.Stored stored : conversation.page(forwards, body.getT(), body.getL())) {
            page.addLogs(LogItem.newBuilder()
                    .setMsgId(stored.id())
                    .setTimestamp(stored.timestamp())
                    .setFrom(stored.from())
                    .setData(stored.text()));
        }
        reply(
                connection,
                command,
                GenericCommand.newBuilder().setCmd(CommandType.logs).setLogsMessage(page));
    }

    private TinyConversation conversationOf(String id) {
        TinyConversation conversation = conversations.get(id);
        if (conversation == null) {
            throw new IllegalArgumentException("no conversation " + id);
        }
        return conversation;
    }

    private static void answer(Channel connection, GenericCommand to, OpType op, ConvCommand.Builder body) {
        reply(
                connection,
                to,
                GenericCommand.newBuilder().setCmd(CommandType.conv).setOp(op).setConvMessage(body));
    }

    private static void refuse(Channel connection, GenericCommand to, int code, String reason) {
        reply(
                connection,
                to,
                GenericCommand.newBuilder()
                        .setCmd(CommandType.error)
                        .setErrorMessage(ErrorCommand.newBuilder().setCode(code).setReason(reason)));
    }

    private static void reply(Channel connection, GenericCommand to, GenericCommand.Builder answer) {
        write(connection, answer.setI(to.getI()).build());
    }

    private static void push(Channel connection, GenericCommand.Builder push) {
        write(connection, push.setService(2).build());
    }

    private static void write(Channel connection, GenericCommand command) {
        connection.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(command.toByteArray())));
    }
}
