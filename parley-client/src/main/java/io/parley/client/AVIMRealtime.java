package io.parley.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One app at one server: its clients, which share a connection, and its handlers. Most applications have one, {@linkplain
 * #getDefault() the default}, which the static methods of {@link AVIMClient} and {@link AVIMMessageManager} use; a
 * program that talks to several apps or servers {@linkplain #create makes more}. Thread-safe.
 */
public final class AVIMRealtime {
    private static final AVIMRealtime DEFAULT = new AVIMRealtime();

    private final Map<String, AVIMClient> clients = new ConcurrentHashMap<>();
    private final Handlers handlers = new Handlers();
    private volatile @Nullable Engine engine;
    private volatile @Nullable SignatureFactory signatureFactory;
    private volatile boolean historyCached = true;
    private volatile @Nullable Boolean countsUnread;
    private volatile Consumer<AVIMConnectionState> connectionListener = state -> {};

    private AVIMRealtime() {}

    /**
     * The one that static methods use. {@link AVOSCloud#initialize} tells it its app.
     *
     * @return always the same object
     */
    public static AVIMRealtime getDefault() {
        return DEFAULT;
    }

    /**
     * A further one, with clients, handlers and a connection of its own.
     *
     * @param options its app and server
     * @return ready for use
     */
    public static AVIMRealtime create(AVIMOptions options) {
        AVIMRealtime realtime = new AVIMRealtime();
        realtime.initialize(options);
        return realtime;
    }

    synchronized void initialize(AVIMOptions options) {
        shutdown();
        engine = new Engine(this, options);
    }

    Engine engine() {
        Engine running = engine;
        if (running == null) throw new IllegalStateException("call AVOSCloud.initialize first");
        return running;
    }

    Handlers handlers() {
        return handlers;
    }

    /**
     * The client with that id. It is always the same object.
     *
     * @param clientId 1 to 64 characters
     * @return open or not
     */
    public AVIMClient getClient(String clientId) {
        return getClient(clientId, "");
    }

    /**
     * The client with that id, which logs in with a tag: it takes the place of another device with the same tag.
     *
     * @param clientId 1 to 64 characters
     * @param tag such as {@code Mobile}; counts when the client is first asked for
     * @return open or not
     */
    public AVIMClient getClient(String clientId, String tag) {
        Engine running = engine();
        return clients.computeIfAbsent(clientId, id -> new AVIMClient(running, id, tag));
    }

    // ---- handlers

    /**
     * Gets the messages that no typed handler takes. The last one set counts.
     *
     * @param handler null for none
     */
    public void setDefaultMessageHandler(@Nullable AVIMMessageHandler handler) {
        handlers.setDefault(handler);
    }

    /**
     * Gets the messages of a class, beside other handlers.
     *
     * @param messageClass {@link AVIMTypedMessage} for all typed messages
     * @param handler what gets them
     * @param <T> what it takes
     */
    public <T extends AVIMTypedMessage> void addMessageHandler(
            Class<T> messageClass, AVIMTypedMessageHandler<? super T> handler) {
        handlers.add(messageClass, handler);
    }

    /**
     * Ends what {@link #addMessageHandler} began.
     *
     * @param messageClass as it was registered
     * @param handler as it was registered
     */
    public void removeMessageHandler(
            Class<? extends AVIMTypedMessage> messageClass, AVIMTypedMessageHandler<?> handler) {
        handlers.remove(messageClass, handler);
    }

    /**
     * Is told what happens in conversations. The last one set counts.
     *
     * @param handler null for none
     */
    public void setConversationEventHandler(@Nullable AVIMConversationEventHandler handler) {
        handlers.setConversationEvents(handler);
    }

    /**
     * Is told what happens to the connection. The last one set counts.
     *
     * @param handler null for none
     */
    public void setClientEventHandler(@Nullable AVIMClientEventHandler handler) {
        handlers.setClientEvents(handler);
    }

    // ---- settings

    /**
     * Is asked before each operation that the server wants signed.
     *
     * @param factory null for none
     */
    public void setSignatureFactory(@Nullable SignatureFactory factory) {
        signatureFactory = factory;
    }

    @Nullable
    SignatureFactory signatureFactory() {
        return signatureFactory;
    }

    /**
     * Whether history is answered from the cache when it has it whole; true by default.
     *
     * @param enabled false to ask the server each time
     */
    public void setMessageQueryCacheEnable(boolean enabled) {
        historyCached = enabled;
    }

    boolean historyCached() {
        return historyCached;
    }

    /**
     * Lets the server count what was missed while offline, instead of sending it. Call it before a client opens.
     *
     * @param counts overrides {@link AVIMOptions.Builder#unreadCounts}
     */
    public void setUnreadNotificationEnabled(boolean counts) {
        countsUnread = counts;
    }

    boolean countsUnread() {
        Boolean chosen = countsUnread;
        Engine running = engine;
        return chosen != null ? chosen : running != null && running.options.countsUnread;
    }

    // ---- connection

    /**
     * What the connection is doing.
     *
     * @return the state of now
     */
    public AVIMConnectionState getConnectionState() {
        return engine().connection.state();
    }

    /**
     * Is told each new state, on the callback executor.
     *
     * @param listener instead of the one before
     */
    public void setConnectionListener(Consumer<AVIMConnectionState> listener) {
        connectionListener = listener;
    }

    void connectionIs(AVIMConnectionState state) {
        Engine running = engine;
        if (running != null) running.callbacks.execute(() -> connectionListener.accept(state));
    }

    /**
     * Tells the SDK that the device has a network again, or another one: it reconnects at once instead of waiting, and
     * tries whether the connection it has still works. On Android, call it from {@code NetworkCallback.onAvailable}.
     */
    public void networkChanged() {
        Engine running = engine();
        running.loop.execute(running.connection::networkChanged);
    }

    /** Tells the SDK that the device has no network. On Android, call it from {@code NetworkCallback.onLost}. */
    public void networkLost() {
        Engine running = engine();
        running.loop.execute(running.connection::networkLost);
    }

    /**
     * Ends the connection and all threads. Clients are offline and cannot be used any more. Returns when the cache is on
     * disk, so that who opens it next finds it whole; this takes some milliseconds, and two seconds at most.
     */
    public void shutdown() {
        Engine running;
        synchronized (this) {
            running = engine;
            engine = null;
            clients.clear();
        }
        if (running != null) running.shutdown();
    }
}
