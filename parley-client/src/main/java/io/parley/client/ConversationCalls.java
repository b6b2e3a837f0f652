package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Futures;
import io.parley.client.internal.Json;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** What a client asks the server about a conversation itself, and what it changes. Thread-safe. */
final class ConversationCalls {
    private final AVIMConversation conversation;
    private final AVIMClient client;
    private final SessionLink session;

    ConversationCalls(AVIMConversation conversation, AVIMClient client) {
        this.conversation = conversation;
        this.client = client;
        this.session = client.session();
    }

    private String id() {
        return conversation.getConversationId();
    }

    CompletableFuture<ConvCommand> ask(OpType operation, UnaryOperator<ConvCommand.Builder> fill) {
        ConvCommand.Builder command = fill.apply(ConvCommand.newBuilder().setCid(id()));
        GenericCommand.Builder request =
                session.command(CommandType.conv, operation).setConvMessage(command);
        return session.ask(request).thenApply(GenericCommand::getConvMessage);
    }

    // ---- what it is

    /** Fails with {@link AVIMException#CONVERSATION_NOT_FOUND} when there is none. */
    CompletableFuture<ConversationData> fetch() {
        ConvCommand.Builder query = ConvCommand.newBuilder();
        if (id().startsWith("_tmp:")) query.addTempConvIds(id());
        else query.setWhere(ClientCalls.json(Json.write(Map.of("objectId", id()))));
        return client.calls().find(query).thenCompose(found -> {
            if (found.isEmpty())
                return Futures.failed(
                        new AVIMException(AVIMException.CONVERSATION_NOT_FOUND, "there is no conversation " + id()));
            return CompletableFuture.completedFuture(conversation.state().data());
        });
    }

    /** Source: protocol 4.3.3. */
    CompletableFuture<AVIMConversation> update(Map<String, Object> changes) {
        if (changes.isEmpty()) return CompletableFuture.completedFuture(conversation);
        String text = Json.write(changes);
        return ask(OpType.update, command -> command.setAttr(ClientCalls.json(text)))
                .thenApply(reply -> {
                    Map<String, Object> results =
                            Json.object(reply.getAttrModified().getData());
                    conversation.state().change(data -> data.updated(changes.keySet(), results, reply.getUdate()));
                    client.calls().forgetQueries();
                    return conversation;
                });
    }

    CompletableFuture<Void> mute(boolean on) {
        return ask(on ? OpType.mute : OpType.unmute, command -> command)
                .thenAccept(reply -> conversation.state().change(data -> data.withMuted(client.getClientId(), on)));
    }

    /** Source: protocol 4.3.8. */
    CompletableFuture<AVIMConversation> receipts() {
        return ask(OpType.max_read, command -> command).thenApply(reply -> {
            conversation.state().deliveredUntil(reply.getMaxAckTimestamp());
            conversation.state().readUntil(reply.getMaxReadTimestamp());
            return conversation;
        });
    }
}
