package io.parley.client;

import io.parley.client.internal.Futures;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.cache.HistoryCache.Page;
import io.parley.client.internal.cache.HistoryCache.Place;
import io.parley.client.internal.proto.AckCommand;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.LogItem;
import io.parley.client.internal.proto.LogsCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What was said in a conversation, from the cache or from the server. Thread-safe. Source: protocol 4.9. */
final class HistoryCalls {
    private final AVIMConversation conversation;
    private final AVIMClient client;
    private final Engine engine;
    private final SessionLink session;

    HistoryCalls(AVIMConversation conversation, AVIMClient client) {
        this.conversation = conversation;
        this.client = client;
        this.engine = client.engine();
        this.session = client.session();
    }

    private String id() {
        return conversation.getConversationId();
    }

    /** The newest page. Oldest first. */
    CompletableFuture<List<AVIMMessage>> latest(int limit) {
        return page(Place.END, "", 0, limit);
    }

    /** The page before that message. */
    CompletableFuture<List<AVIMMessage>> before(String messageId, long timestamp, int limit) {
        return page(new Place(messageId, timestamp), messageId, timestamp, limit);
    }

    CompletableFuture<List<AVIMMessage>> latestFromServer(int limit) {
        return fromServer(limit, LogsCommand.newBuilder());
    }

    CompletableFuture<List<AVIMMessage>> latestFromCache(int limit) {
        return cachedPage(Place.END, limit).thenApply(page -> messages(page.messages));
    }

    CompletableFuture<List<AVIMMessage>> ofType(int messageType, int limit) {
        return fromServer(limit, LogsCommand.newBuilder().setLctype(messageType));
    }

    CompletableFuture<List<AVIMMessage>> interval(
            AVIMMessageInterval interval, AVIMMessageQueryDirection direction, int limit) {
        return fromServer(limit, interval.fill(LogsCommand.newBuilder(), direction));
    }

    private CompletableFuture<List<AVIMMessage>> fromServer(int limit, LogsCommand.Builder query) {
        return isPage(limit) ? logs(query.setLimit(limit)).thenApply(this::messages) : noPage(limit);
    }

    private static boolean isPage(int limit) {
        return limit >= 1 && limit <= AVIMConversation.MAX_PAGE;
    }

    private static <T> CompletableFuture<T> noPage(int limit) {
        return Engine.invalid("limit is " + limit + ", must be 1 to " + AVIMConversation.MAX_PAGE);
    }

    /** The page before a place, from the cache when it has it whole. Oldest first. */
    private CompletableFuture<List<AVIMMessage>> page(Place before, String beforeId, long beforeTime, int limit) {
        if (!isPage(limit)) return noPage(limit);
        LogsCommand.Builder query = LogsCommand.newBuilder().setLimit(limit);
        if (beforeTime > 0) query.setT(beforeTime);
        if (!beforeId.isEmpty()) query.setMid(beforeId);
        // Who does not hear of what is new cannot keep pages up to date.
        boolean cached = engine.realtime.historyCached()
                && !conversation.state().data().isRoom()
                && !conversation.state().data().isService();
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

    private CompletableFuture<List<StoredMessage>> logs(LogsCommand.Builder query) {
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
