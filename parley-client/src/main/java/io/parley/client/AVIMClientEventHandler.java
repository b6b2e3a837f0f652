package io.parley.client;

/** Is told what happens to the connection of a client, on the callback executor. */
public abstract class AVIMClientEventHandler {
    /** For subclasses. */
    protected AVIMClientEventHandler() {}

    /**
     * The connection is lost. Until it is back, everything fails; the SDK reconnects by itself.
     *
     * @param client whose connection
     */
    public abstract void onConnectionPaused(AVIMClient client);

    /**
     * The connection is back.
     *
     * @param client whose connection
     */
    public abstract void onConnectionResume(AVIMClient client);

    /**
     * The client was logged out, and does not come back by itself.
     *
     * @param client who is offline now
     * @param code why: {@link AVIMException#SESSION_CONFLICT} when another device has taken its place
     */
    public abstract void onClientOffline(AVIMClient client, int code);
}
