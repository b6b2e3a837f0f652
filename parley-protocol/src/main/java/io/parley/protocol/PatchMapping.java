package io.parley.protocol;

import io.parley.core.command.Command;
import io.parley.core.command.Content;
import io.parley.core.command.Correction;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Mentions;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.StoredMessage;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.PatchCommand;
import io.parley.protocol.proto.PatchItem;
import java.util.Optional;

/// Editing and recalling messages. Source: protocol 4.10.
final class PatchMapping {
    private PatchMapping() {}

    static Command command(Frame frame) {
        GenericCommand command = frame.command();
        if (!command.hasOp() || command.getOp() != OpType.modify) throw Requests.nothingLike(frame);
        PatchCommand patch = command.getPatchMessage();
        if (patch.getPatchesCount() != 1)
            throw Refusal.of(
                    ErrorCode.UNPARSEABLE_RAW_MESSAGE,
                    "one message is changed at a time; got %d",
                    patch.getPatchesCount());
        PatchItem item = patch.getPatches(0);
        return new MessageCommand.Modify(
                Fields.conversation(item.getCid()),
                Fields.message(item.getMid())
                        .orElseThrow(() -> Refusal.of(ErrorCode.MESSAGE_NOT_FOUND, "the change names no message")),
                Math.max(0, item.getTimestamp()),
                item.getRecall() ? Optional.empty() : Optional.of(content(item)),
                mentions(item));
    }

    /// Java puts the raw bytes of a binary edit into the text field. Source: protocol 10.1, 48.
    private static Content content(PatchItem item) {
        if (item.hasData() && !item.getDataBytes().isValidUtf8())
            return new Content.Binary(item.getDataBytes().toByteArray());
        return Fields.content(item.hasData(), item.getData(), item.getBinaryMsg(), item.hasBinaryMsg())
                .orElseThrow(() -> Refusal.of(ErrorCode.UNPARSEABLE_RAW_MESSAGE, "the edit has no content"));
    }

    private static Optional<Mentions> mentions(PatchItem item) {
        return item.hasMentionAll() || item.getMentionPidsCount() > 0
                ? Optional.of(Fields.mentions(item.getMentionAll(), item.getMentionPidsList()))
                : Optional.empty();
    }

    static GenericCommand.Builder modified(Reply.Modified modified) {
        return frame(OpType.modified, PatchCommand.newBuilder().setLastPatchTime(modified.patchedAt()));
    }

    static GenericCommand.Builder patched(Event.MessagesPatched patched) {
        PatchCommand.Builder patch = PatchCommand.newBuilder();
        long last = 0;
        for (Event.MessagesPatched.Patched one : patched.patches()) {
            last = Math.max(last, one.message().patchedAt());
            PatchItem.Builder item =
                    item(one.message()).setCid(one.conversation().value());
            one.correction().ifPresent(correction -> correct(item, correction));
            patch.addPatches(item);
        }
        if (last != 0) patch.setLastPatchTime(last);
        return frame(OpType.modify, patch);
    }

    /// JS and Swift take a reason for a sign that it was not the author. Source: protocol 4.10.3.
    private static void correct(PatchItem.Builder item, Correction correction) {
        correction.code().ifPresent(item::setPatchCode);
        if (!correction.reason().isEmpty()) item.setPatchReason(correction.reason());
    }

    /// A recall carries its payload, too: C# has no other sign of it, and JS would deliver an untyped message.
    /// Source: protocol 10.1, 29.
    private static PatchItem.Builder item(StoredMessage message) {
        PatchItem.Builder item = PatchItem.newBuilder()
                .setMid(message.id().value())
                .setTimestamp(message.timestamp())
                .setFrom(message.from().value());
        if (message.patchedAt() != 0) item.setPatchTimestamp(message.patchedAt());
        if (message.recalled()) item.setRecall(true);
        switch (message.recalled() ? Content.RECALLED : message.content()) {
            case Content.Text text -> item.setData(text.value());
            case Content.Binary binary -> item.setBinaryMsg(Fields.bytes(binary));
        }
        if (message.mentions().all()) item.setMentionAll(true);
        return item.addAllMentionPids(Fields.names(message.mentions().clients()));
    }

    private static GenericCommand.Builder frame(OpType op, PatchCommand.Builder patch) {
        return GenericCommand.newBuilder().setCmd(CommandType.patch).setOp(op).setPatchMessage(patch);
    }
}
