package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Failures;
import io.parley.client.internal.Proof;
import io.parley.client.internal.SessionLink;
import io.parley.client.internal.proto.CommandType;
import io.parley.client.internal.proto.GenericCommand;
import io.parley.client.internal.proto.OpType;
import io.parley.client.internal.proto.SessionCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client: one identity in the chat, logged in or not. Each operation has two forms, one that tells a callback, and one
 * that returns a future. Thread-safe.
 */
public final class AVIMClient {
    private final Engine engine;
    private final String clientId;
    private final SessionLink session;
    private final Pushes pushes;
    private final ClientCalls calls;
    private final Map<String, AVIMConversation> conversations = new ConcurrentHashMap<>();
    private volatile boolean open;

    AVIMClient(Engine engine, String clientId, String tag) {
        this.engine = engine;
        this.clientId = clientId;
        this.session = engine.connection.session(clientId, tag, new SessionEvents());
        this.pushes = new Pushes(this, engine, session);
        this.calls = new ClientCalls(this, engine, session);
    }

    // ---- which client

    /**
     * The client with that id, of the app that {@link AVOSCloud#initialize} named.
     *
     * @param clientId 1 to 64 characters
     * @return the same object for the same id
     */
    public static AVIMClient getInstance(String clientId) {
        return AVIMRealtime.getDefault().getClient(clientId);
    }

    /**
     * The client with that id, which takes the place of another device with the same tag when it logs in.
     *
     * @param clientId 1 to 64 characters
     * @param tag the kind of device, such as {@code Mobile}
     * @return the same object for the same id
     */
    public static AVIMClient getInstance(String clientId, String tag) {
        return AVIMRealtime.getDefault().getClient(clientId, tag);
    }

    /**
     * Who this client is.
     *
     * @return its id
     */
    public String getClientId() {
        return clientId;
    }

    /**
     * Whether the client is logged in, and the connection holds.
     *
     * @return true if it is and does
     */
    public boolean isOpen() {
        return open;
    }

    // ---- coming and going

    /**
     * Logs in.
     *
     * @return this client, when it is logged in
     */
    public CompletableFuture<AVIMClient> open() {
        return open(new AVIMClientOpenOption());
    }

    /**
     * Logs in.
     *
     * @param callback is told when it is done
     */
    public void open(AVIMClientCallback callback) {
        open(new AVIMClientOpenOption(), callback);
    }

    /**
     * Logs in.
     *
     * @param option how
     * @return this client, when it is logged in
     */
    public CompletableFuture<AVIMClient> open(AVIMClientOpenOption option) {
        return engine.future(session.open(option.isReconnect()).thenApply(done -> this));
    }

    /**
     * Logs in.
     *
     * @param option how
     * @param callback is told when it is done
     */
    public void open(AVIMClientOpenOption option, AVIMClientCallback callback) {
        engine.call(session.open(option.isReconnect()), (done, e) -> callback.done(this, e));
    }

    /**
     * Logs out: the client is offline for others.
     *
     * @return this client, when it is logged out
     */
    public CompletableFuture<AVIMClient> close() {
        return engine.future(leave());
    }

    /**
     * Logs out: the client is offline for others.
     *
     * @param callback is told when it is done
     */
    public void close(AVIMClientCallback callback) {
        engine.call(leave(), (done, e) -> callback.done(this, e));
    }

    private CompletableFuture<AVIMClient> leave() {
        return session.close().thenApply(done -> {
            gone();
            return this;
        });
    }

    private void gone() {
        open = false;
        engine.store.write((cache, history) -> history.loseTouch(clientId));
    }

    // ---- conversations

    /**
     * Creates a conversation, always a new one.
     *
     * @param members who else is in it
     * @param attributes of the application's own; see {@link AVIMConversation#getAttributes}
     * @param callback is given the conversation
     */
    public void createConversation(
            List<String> members, @Nullable Map<String, Object> attributes, AVIMConversationCreatedCallback callback) {
        createConversation(members, null, attributes, callback);
    }

    /**
     * Creates a conversation, always a new one.
     *
     * @param members who else is in it
     * @param name for all members; null for none
     * @param attributes of the application's own; see {@link AVIMConversation#getAttributes}
     * @param callback is given the conversation
     */
    public void createConversation(
            List<String> members,
            @Nullable String name,
            @Nullable Map<String, Object> attributes,
            AVIMConversationCreatedCallback callback) {
        createConversation(members, name, attributes, false, callback);
    }

    /**
     * Creates a conversation or a chat room, always a new one.
     *
     * @param members who else is in it
     * @param name for all members; null for none
     * @param attributes of the application's own; see {@link AVIMConversation#getAttributes}
     * @param isTransient true for a chat room
     * @param callback is given the conversation
     */
    public void createConversation(
            List<String> members,
            @Nullable String name,
            @Nullable Map<String, Object> attributes,
            boolean isTransient,
            AVIMConversationCreatedCallback callback) {
        createConversation(members, name, attributes, isTransient, false, callback);
    }

    /**
     * Creates a conversation or a chat room, or finds the unique conversation of these members.
     *
     * @param members who else is in it
     * @param name for all members; null for none
     * @param attributes of the application's own; see {@link AVIMConversation#getAttributes}
     * @param isTransient true for a chat room, which is never unique
     * @param isUnique true to get the one that exists, if it was made so
     * @param callback is given the conversation
     */
    public void createConversation(
            List<String> members,
            @Nullable String name,
            @Nullable Map<String, Object> attributes,
            boolean isTransient,
            boolean isUnique,
            AVIMConversationCreatedCallback callback) {
        engine.call(calls.create(members, name, attributes, isTransient, isUnique), callback::done);
    }

    /**
     * Creates a conversation, always a new one.
     *
     * @param members who else is in it
     * @return the conversation
     */
    public CompletableFuture<AVIMConversation> createConversation(List<String> members) {
        return createConversation(members, null, null, false, false);
    }

    /**
     * Creates a conversation, always a new one.
     *
     * @param members who else is in it
     * @param name for all members; null for none
     * @param attributes of the application's own; null for none
     * @return the conversation
     */
    public CompletableFuture<AVIMConversation> createConversation(
            List<String> members, @Nullable String name, @Nullable Map<String, Object> attributes) {
        return createConversation(members, name, attributes, false, false);
    }

    /**
     * Creates a conversation or a chat room, or finds the unique conversation of these members.
     *
     * @param members who else is in it
     * @param name for all members; null for none
     * @param attributes of the application's own; null for none
     * @param isTransient true for a chat room, which is never unique
     * @param isUnique true to get the one that exists, if it was made so
     * @return the conversation
     */
    public CompletableFuture<AVIMConversation> createConversation(
            List<String> members,
            @Nullable String name,
            @Nullable Map<String, Object> attributes,
            boolean isTransient,
            boolean isUnique) {
        return engine.future(calls.create(members, name, attributes, isTransient, isUnique));
    }

    /**
     * Creates a chat room: any number of clients, no offline messages, no notices of coming and going.
     *
     * @param name null for none
     * @param attributes of the application's own; null for none
     * @return the room, which this client is in
     */
    public CompletableFuture<AVIMConversation> createChatRoom(
            @Nullable String name, @Nullable Map<String, Object> attributes) {
        return engine.future(calls.create(List.of(), name, attributes, true, false));
    }

    /**
     * Creates a chat room: any number of clients, no offline messages, no notices of coming and going.
     *
     * @param name null for none
     * @param attributes of the application's own; null for none
     * @param callback is given the room, which this client is in
     */
    public void createChatRoom(
            @Nullable String name, @Nullable Map<String, Object> attributes, AVIMConversationCreatedCallback callback) {
        engine.call(calls.create(List.of(), name, attributes, true, false), callback::done);
    }

    /**
     * Creates a conversation that ends by itself.
     *
     * @param members who else is in it, at most nine
     * @param ttlInSecs its life; 0 for a day
     * @return the conversation
     */
    public CompletableFuture<AVIMConversation> createTemporaryConversation(List<String> members, int ttlInSecs) {
        return engine.future(calls.createTemporary(members, ttlInSecs));
    }

    /**
     * Creates a conversation that ends by itself.
     *
     * @param members who else is in it, at most nine
     * @param ttlInSecs its life; 0 for a day
     * @param callback is given the conversation
     */
    public void createTemporaryConversation(
            List<String> members, int ttlInSecs, AVIMConversationCreatedCallback callback) {
        engine.call(calls.createTemporary(members, ttlInSecs), callback::done);
    }

    /**
     * The conversation with that id. Nothing is asked: what this client has not seen of it is empty, until it is
     * {@linkplain AVIMConversation#fetchInfoInBackground() fetched} or something happens in it.
     *
     * @param conversationId as the server gave it
     * @return the same object for the same id
     */
    public AVIMConversation getConversation(String conversationId) {
        return conversation(conversationId);
    }

    /**
     * A search for conversations.
     *
     * @return to be filled with conditions
     */
    public AVIMConversationQuery getQuery() {
        return new AVIMConversationQuery(this);
    }

    /**
     * The same as {@link #getQuery()}, under its later name.
     *
     * @return to be filled with conditions
     */
    public AVIMConversationQuery getConversationsQuery() {
        return getQuery();
    }

    /**
     * Who is online.
     *
     * @param clientIds at most twenty
     * @return those of them who are
     */
    public CompletableFuture<List<String>> getOnlineClients(List<String> clientIds) {
        return engine.future(online(clientIds));
    }

    /**
     * Who is online.
     *
     * @param clientIds at most twenty
     * @param callback is given those of them who are
     */
    public void getOnlineClients(List<String> clientIds, AVIMOnlineClientsCallback callback) {
        engine.call(online(clientIds), callback::done);
    }

    private CompletableFuture<List<String>> online(List<String> clientIds) {
        GenericCommand.Builder request = session.command(CommandType.session, OpType.query)
                .setSessionMessage(SessionCommand.newBuilder().addAllSessionPeerIds(clientIds));
        return session.ask(request)
                .thenApply(reply -> List.copyOf(reply.getSessionMessage().getOnlineSessionPeerIdsList()));
    }

    // ---- settings of the default app, as the guide names them

    /**
     * Whether history is answered from the cache when it has it whole; true by default.
     *
     * @param enabled false to ask the server each time
     */
    public static void setMessageQueryCacheEnable(boolean enabled) {
        AVIMRealtime.getDefault().setMessageQueryCacheEnable(enabled);
    }

    /**
     * Lets the server count what was missed while offline, instead of sending it. Call it before a client opens.
     *
     * @param countsOnly true to count
     */
    public static void setOfflineMessagePush(boolean countsOnly) {
        AVIMRealtime.getDefault().setUnreadNotificationEnabled(countsOnly);
    }

    /**
     * The same as {@link #setOfflineMessagePush}, under its later name.
     *
     * @param enabled true to count
     */
    public static void setUnreadNotificationEnabled(boolean enabled) {
        AVIMRealtime.getDefault().setUnreadNotificationEnabled(enabled);
    }

    /**
     * Is told what happens to the connection. The last one set counts.
     *
     * @param handler null for none
     */
    public static void setClientEventHandler(@Nullable AVIMClientEventHandler handler) {
        AVIMRealtime.getDefault().setClientEventHandler(handler);
    }

    /**
     * Is asked before each operation that the server wants signed.
     *
     * @param factory null for none
     */
    public static void setSignatureFactory(@Nullable SignatureFactory factory) {
        AVIMRealtime.getDefault().setSignatureFactory(factory);
    }

    // ---- for the other classes of the SDK

    Engine engine() {
        return engine;
    }

    SessionLink session() {
        return session;
    }

    Pushes pushes() {
        return pushes;
    }

    ClientCalls calls() {
        return calls;
    }

    AVIMConversation conversation(String id) {
        return conversations.computeIfAbsent(id, key -> new AVIMConversation(this, ConversationData.unknown(key)));
    }

    private final class SessionEvents implements SessionLink.Owner {
        @Override
        public CompletableFuture<Optional<Proof>> proveLogin() {
            return engine.sign(factory -> factory.createSignature(clientId, List.of()));
        }

        @Override
        public void opened(boolean again, long serverTime) {
            open = true;
            pushes.opened(again, serverTime);
            if (again) tell((handler, client) -> handler.onConnectionResume(client));
        }

        @Override
        public void paused() {
            gone();
            tell((handler, client) -> handler.onConnectionPaused(client));
        }

        @Override
        public void ended(AVIMException why) {
            gone();
            tell((handler, client) -> handler.onClientOffline(client, why.getCode()));
        }

        @Override
        public void received(GenericCommand push) {
            pushes.received(push);
        }

        private void tell(BiConsumer<AVIMClientEventHandler, AVIMClient> event) {
            engine.callbacks.execute(() -> engine.realtime.handlers().client(AVIMClient.this, event));
        }
    }

    /** Whether an error means that the cache may answer instead. */
    static boolean isOffline(Throwable error) {
        AVIMException failure = Failures.of(error);
        return Failures.isOfNetwork(failure) || failure.getCode() == AVIMException.SESSION_REQUIRED;
    }

    @Override
    public String toString() {
        return "AVIMClient " + clientId;
    }
}
