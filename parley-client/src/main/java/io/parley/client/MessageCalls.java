package io.parley.client;

import com.google.protobuf.ByteString;
import io.parley.client.internal.Failures;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.DirectCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.PatchCommand;
import io.parley.client.internal.proto.PatchItem;
import io.parley.client.internal.proto.ReadCommand;
import io.parley.client.internal.proto.ReadTuple;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends, changes and reads messages of a conversation. Thread-safe. */
final class MessageCalls {
    private final AVIMConversation conversation;
    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;

    MessageCalls(AVIMConversation conversation, AVIMClient client) {
        this.conversation = conversation;
        this.client = client;
        this.engine = client.engine();
        this.session = client.session();
    }

    // ---- sending. Source: protocol 4.5

    CompletableFuture<AVIMMessage> send(AVIMMessage message, AVIMMessageOption option) {
        message.sending(conversation.getConversationId(), client.getClientId(), option.isTransient());
        return prepared(message, option.uploadProgress())
                .thenCompose(ready -> sendNow(message, option))
                .whenComplete((done, error) -> {
                    if (error != null) message.failed();
                });
    }

    private CompletableFuture<AVIMMessage> sendNow(AVIMMessage message, AVIMMessageOption option) {
        if (option.isReceipt()) client.pushes().sending(conversation.getConversationId());
        return session.send(direct(message, option), option.priority())
                .thenApply(ack -> {
                    sent(message, option, ack);
                    return message;
                })
                .whenComplete((done, error) -> {
                    if (option.isReceipt()) client.pushes().settled(conversation.getConversationId());
                });
    }

    /** A file is uploaded before the message is sent. */
    private CompletableFuture<Void> prepared(AVIMMessage message, @Nullable ProgressCallback progress) {
        if (message instanceof AVIMFileMessage) return ((AVIMFileMessage) message).upload(engine, progress);
        return CompletableFuture.completedFuture(null);
    }

    private DirectCommand direct(AVIMMessage message, AVIMMessageOption option) {
        DirectCommand.Builder direct = DirectCommand.newBuilder()
                .setCid(conversation.getConversationId())
                .setDt(message.sendToken())
                .addAllMentionPids(message.getMentionList());
        if (message instanceof AVIMBinaryMessage)
            direct.setBinaryMsg(ByteString.copyFrom(((AVIMBinaryMessage) message).getBytes()));
        else direct.setMsg(message.getContent());
        if (message.isMentionAll()) direct.setMentionAll(true);
        if (option.isReceipt()) direct.setR(true);
        if (option.isTransient()) direct.setTransient(true);
        if (option.isWill()) direct.setWill(true);
        if (!option.pushData().isEmpty()) direct.setPushData(option.pushData());
        return direct.build();
    }

    private void sent(AVIMMessage message, AVIMMessageOption option, AckCommand ack) {
        message.sent(ack.getUid(), ack.getT());
        if (option.isTransient() || option.isWill()) return;
        client.pushes().sent(message);
        if (option.isReceipt()) client.pushes().awaitReceipt(message);
        conversation.state().tell(message);
        if (conversation.state().data().isRoom()) return;
        StoredMessage stored = message.stored();
        engine.store.write(
                (cache, history) -> history.append(client.getClientId(), stored, System.currentTimeMillis()));
    }

    // ---- changing. Source: protocol 4.10

    CompletableFuture<AVIMMessage> edit(AVIMMessage old, AVIMMessage changed) {
        PatchItem.Builder item = item(old)
                .addAllMentionPids(changed.getMentionList())
                .setMentionAll(changed.isMentionAll())
                .setRecall(false);
        if (changed instanceof AVIMBinaryMessage)
            item.setBinaryMsg(ByteString.copyFrom(((AVIMBinaryMessage) changed).getBytes()));
        else item.setData(changed.getContent());
        return patch(old, item).thenApply(time -> {
            changed.edited(old, time);
            changed(changed);
            return changed;
        });
    }

    CompletableFuture<AVIMRecalledMessage> recall(AVIMMessage message) {
        return patch(message, item(message).setRecall(true)).thenApply(time -> {
            AVIMRecalledMessage left = new AVIMRecalledMessage();
            left.edited(message, time);
            left.recalled();
            message.recalled();
            changed(left);
            return left;
        });
    }

    private PatchItem.Builder item(AVIMMessage message) {
        return PatchItem.newBuilder()
                .setCid(conversation.getConversationId())
                .setMid(message.getMessageId())
                .setTimestamp(message.getTimestamp());
    }

    private CompletableFuture<Long> patch(AVIMMessage message, PatchItem.Builder item) {
        if (message.getMessageId().isEmpty()) return Engine.invalid("the message was not sent yet");
        GenericCommand.Builder request = session.command(CommandType.patch, OpType.modify)
                .setPatchMessage(PatchCommand.newBuilder().addPatches(item));
        return session.ask(request).thenApply(reply -> reply.getPatchMessage().getLastPatchTime());
    }

    private void changed(AVIMMessage message) {
        conversation.state().replace(message);
        StoredMessage stored = message.stored();
        engine.store.write((cache, history) -> history.change(client.getClientId(), stored));
    }

    // ---- reading. Source: protocol 4.7

    CompletableFuture<Void> read() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        engine.loop.execute(() -> {
            if (!session.isOpen()) {
                done.completeExceptionally(session.isAlive() ? Failures.notConnected() : Failures.notOpen());
                return;
            }
            ReadTuple.Builder tuple = ReadTuple.newBuilder().setCid(conversation.getConversationId());
            AVIMMessage last = conversation.getLastMessage();
            if (last != null && !last.getMessageId().isEmpty())
                tuple.setMid(last.getMessageId()).setTimestamp(last.getTimestamp());
            session.tell(session.command(CommandType.read)
                    .setReadMessage(ReadCommand.newBuilder().addConvs(tuple)));
            conversation.state().setUnread(0, false);
            done.complete(null);
        });
        return done;
    }
}
