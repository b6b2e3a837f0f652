package io.parley.protocol;

import io.parley.core.command.Command;
import io.parley.core.command.Content;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.MessageCommand.History;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.Reply.ReadMark;
import io.parley.core.command.StoredMessage;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/// Reading messages back. C# sends an op with it that means nothing. Source: protocol 4.9.
final class HistoryMapping {
    private HistoryMapping() {}

    static Command command(Frame frame) {
        LogsCommand logs = frame.command().getLogsMessage();
        return new History(
                Fields.conversation(logs.getCid()),
                logs.getDirection() == LogsCommand.QueryDirection.NEW ? Direction.NEW : Direction.OLD,
                bound(logs.getT(), logs.getMid(), logs.getTIncluded()),
                bound(logs.getTt(), logs.getTmid(), logs.getTtIncluded()),
                limit(logs),
                logs.getLctype() == 0 ? OptionalInt.empty() : OptionalInt.of(logs.getLctype()));
    }

    /// JS says `l`, the others `limit`; both count when they are zero. Source: protocol 10.1, 28.
    private static int limit(LogsCommand logs) {
        if (logs.hasL()) return logs.getL();
        return logs.hasLimit() ? logs.getLimit() : History.DEFAULT_LIMIT;
    }

    /// Java writes a time of zero for a side that is open, and says whether it is included, too.
    private static Optional<Bound> bound(long time, String mid, boolean included) {
        if (time <= 0 && mid.isEmpty()) return Optional.empty();
        return Optional.of(new Bound(Math.max(0, time), message(mid), included));
    }

    private static Optional<MessageId> message(String mid) {
        try {
            return Fields.message(mid);
        } catch (Refusal impossible) {
            throw Refusal.of(ErrorCode.CONVERSATION_LOG_FAILED, "there is no message with such an id");
        }
    }

    static GenericCommand.Builder history(Reply.History history) {
        LogsCommand.Builder logs = LogsCommand.newBuilder();
        for (StoredMessage message : history.messages())
            logs.addLogs(item(message, Optional.ofNullable(history.readBy().get(message.from())))
                    .setConvType(history.kind().number()));
        return GenericCommand.newBuilder().setCmd(CommandType.logs).setLogsMessage(logs);
    }

    /// Times are left out while there is none: JS takes zero for 1970. Source: protocol 10.1, 3.
    private static LogItem.Builder item(StoredMessage message, Optional<ReadMark> read) {
        LogItem.Builder item = LogItem.newBuilder()
                .setMsgId(message.id().value())
                .setTimestamp(message.timestamp())
                .setFrom(message.from().value());
        switch (message.content()) {
            case Content.Text text -> item.setData(text.value());
            case Content.Binary binary ->
                item.setData(Base64.getEncoder().encodeToString(binary.value())).setBin(true);
        }
        if (message.deliveredAt() != 0) item.setAckAt(message.deliveredAt());
        read.filter(mark -> message.timestamp() <= mark.upTo()).ifPresent(mark -> item.setReadAt(mark.at()));
        if (message.patchedAt() != 0) item.setPatchTimestamp(message.patchedAt());
        if (message.mentions().all()) item.setMentionAll(true);
        return item.addAllMentionPids(Fields.names(message.mentions().clients()));
    }
}
