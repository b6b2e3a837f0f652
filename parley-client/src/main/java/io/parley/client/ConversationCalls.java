package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Failures;
import io.parley.client.internal.Futures;
import io.parley.client.internal.Json;
import io.parley.client.internal.Proof;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.cache.HistoryCache.Page;
import io.parley.client.internal.cache.HistoryCache.Place;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.ConvCommand;
import io.parley.client.internal.proto.ErrorCommand;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.LogItem;
import io.parley.client.internal.proto.LogsCommand;
import io.parley.client.internal.proto.OpType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a client asks the server about a conversation and its members and history. Thread-safe. */
final class ConversationCalls {
    private final AVIMConversation conversation;
    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;

    ConversationCalls(AVIMConversation conversation, AVIMClient client) {
        this.conversation = conversation;
        this.client = client;
        this.engine = client.engine();
        this.session = client.session();
    }

    private String id() {
        return conversation.getConversationId();
    }

    private CompletableFuture<ConvCommand> ask(OpType operation, UnaryOperator<ConvCommand.Builder> fill) {
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
            return CompletableFuture.completedFuture(conversation.data());
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
                    conversation.change(data -> data.updated(changes.keySet(), results, reply.getUdate()));
                    client.calls().forgetQueries();
                    return conversation;
                });
    }

    CompletableFuture<Void> mute(boolean on) {
        return ask(on ? OpType.mute : OpType.unmute, command -> command)
                .thenAccept(reply -> conversation.change(data -> data.withMuted(client.getClientId(), on)));
    }

    // ---- members. Source: protocol 4.3.2

    CompletableFuture<Void> join() {
        return add(List.of(client.getClientId())).thenAccept(result -> {});
    }

    /** Needs no signature: everybody may go. */
    CompletableFuture<Void> quit() {
        return members(OpType.remove, List.of(client.getClientId()), Optional.empty())
                .thenAccept(result -> {});
    }

    CompletableFuture<AVIMPartialResult> add(Collection<String> members) {
        return signed("invite", members).thenCompose(proof -> members(OpType.add, members, proof));
    }

    CompletableFuture<AVIMPartialResult> remove(Collection<String> members) {
        return signed("kick", members).thenCompose(proof -> members(OpType.remove, members, proof));
    }

    private CompletableFuture<Optional<Proof>> signed(String action, Collection<String> members) {
        List<String> sorted = List.copyOf(new TreeSet<>(members));
        return engine.sign(factory -> factory.createConversationSignature(id(), client.getClientId(), sorted, action));
    }

    private CompletableFuture<AVIMPartialResult> members(
            OpType operation, Collection<String> members, Optional<Proof> proof) {
        return ask(operation, command -> {
                    ClientCalls.prove(command, proof);
                    return command.addAllM(new TreeSet<>(members));
                })
                .thenCompose(reply -> {
                    List<String> done = reply.getAllowedPidsList();
                    conversation.change(
                            data -> operation == OpType.add ? data.withMembers(done) : data.withoutMembers(done));
                    client.calls().forgetQueries();
                    return outcome(done, reply.getFailedPidsList());
                });
    }

    /** An error when it was done for nobody. */
    static CompletableFuture<AVIMPartialResult> outcome(List<String> done, List<ErrorCommand> failures) {
        Map<String, AVIMException> failed = new LinkedHashMap<>();
        for (ErrorCommand failure : failures)
            for (String member : failure.getPidsList()) failed.put(member, Failures.of(failure));
        if (done.isEmpty() && !failures.isEmpty()) return Futures.failed(Failures.of(failures.get(0)));
        return CompletableFuture.completedFuture(new AVIMPartialResult(done, failed));
    }

    CompletableFuture<Integer> count() {
        return ask(OpType.count, command -> command).thenApply(ConvCommand::getCount);
    }

    CompletableFuture<List<String>> onlineMembers(int limit) {
        return ask(OpType.members, command -> command.setLimit(limit))
                .thenApply(reply -> List.copyOf(reply.getMList()));
    }

    /** Source: protocol 4.3.8. */
    CompletableFuture<AVIMConversation> receipts() {
        return ask(OpType.max_read, command -> command).thenApply(reply -> {
            conversation.deliveredUntil(reply.getMaxAckTimestamp());
            conversation.readUntil(reply.getMaxReadTimestamp());
            return conversation;
        });
    }

    // ---- history. Source: protocol 4.9

    /** The page before a place, from the cache when it has it whole. Oldest first. */
    CompletableFuture<List<AVIMMessage>> page(Place before, String beforeId, long beforeTime, int limit) {
        if (limit < 1 || limit > AVIMConversation.MAX_PAGE)
            return Engine.invalid("limit is " + limit + ", must be 1 to " + AVIMConversation.MAX_PAGE);
        LogsCommand.Builder query = LogsCommand.newBuilder().setLimit(limit);
        if (beforeTime > 0) query.setT(beforeTime);
        if (!beforeId.isEmpty()) query.setMid(beforeId);
        // Who does not hear of what is new cannot keep pages up to date.
        boolean cached = engine.realtime.historyCached()
                && !conversation.data().isRoom()
                && !conversation.data().isService();
        if (!cached) return logs(query).thenApply(this::messages);
        return cachedPage(before, limit).thenCompose(page -> {
            if (page.isWhole) return CompletableFuture.completedFuture(messages(page.messages));
            return keep(before, limit, logs(query))
                    .handle((found, error) -> {
                        if (error == null) return CompletableFuture.completedFuture(messages(found));
                        if (AVIMClient.isOffline(error) && !page.messages.isEmpty())
                            return CompletableFuture.completedFuture(messages(page.messages));
                        return Futures.<List<AVIMMessage>>failed(error);
                    })
                    .thenCompose(result -> result);
        });
    }

    CompletableFuture<List<AVIMMessage>> fromCache(Place before, int limit) {
        return cachedPage(before, limit).thenApply(page -> messages(page.messages));
    }

    /** From the server, and kept in the cache. */
    CompletableFuture<List<AVIMMessage>> fromServer(LogsCommand.Builder query) {
        return logs(query).thenApply(this::messages);
    }

    private CompletableFuture<Page> cachedPage(Place before, int limit) {
        long since = engine.store.since();
        return engine.store.read(
                (cache, history) -> history.page(client.getClientId(), id(), before, limit, since), Page.NOTHING);
    }

    private CompletableFuture<List<StoredMessage>> keep(
            Place before, int limit, CompletableFuture<List<StoredMessage>> answer) {
        long askedAt = System.currentTimeMillis();
        return answer.whenComplete((page, error) -> {
            if (error != null) return;
            engine.store.write((cache, history) -> {
                history.put(client.getClientId(), id(), before, limit, page, askedAt, System.currentTimeMillis());
                if (before == Place.END) history.becomeCurrent(client.getClientId(), id());
            });
            if (before == Place.END && engine.realtime.countsUnread()) acknowledge(page);
        });
    }

    /** What was read from the history was delivered, too. */
    private void acknowledge(List<StoredMessage> page) {
        if (page.isEmpty()) return;
        session.tell(session.command(CommandType.ack)
                .setAckMessage(AckCommand.newBuilder()
                        .setCid(id())
                        .setTots(page.get(page.size() - 1).timestamp())));
    }

    CompletableFuture<List<StoredMessage>> logs(LogsCommand.Builder query) {
        GenericCommand.Builder request = session.command(CommandType.logs).setLogsMessage(query.setCid(id()));
        return session.ask(request).thenApply(reply -> {
            List<StoredMessage> found = new ArrayList<>();
            for (LogItem item : reply.getLogsMessage().getLogsList()) found.add(StoredMessage.of(id(), item));
            return found;
        });
    }

    /** Messages after a place, oldest first. */
    CompletableFuture<List<StoredMessage>> missed(String afterId, long afterTime, int limit) {
        LogsCommand.Builder query = LogsCommand.newBuilder()
                .setLimit(limit)
                .setDirection(LogsCommand.QueryDirection.NEW)
                .setT(afterTime);
        if (!afterId.isEmpty()) query.setMid(afterId);
        return logs(query);
    }

    private List<AVIMMessage> messages(@Nullable List<StoredMessage> stored) {
        List<AVIMMessage> messages = new ArrayList<>();
        if (stored != null)
            for (StoredMessage message : stored)
                messages.add(AVIMMessageManager.message(message, client.getClientId()));
        return messages;
    }
}
