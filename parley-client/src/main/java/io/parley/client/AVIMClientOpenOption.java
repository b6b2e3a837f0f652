package io.parley.client;

/** How a client logs in. Not thread-safe. */
public final class AVIMClientOpenOption {
    private boolean reconnect;

    /** A login by the user: it takes the place of another device with the same tag. */
    public AVIMClientOpenOption() {}

    /**
     * Whether the program logs in by itself.
     *
     * @return false unless set
     */
    public boolean isReconnect() {
        return reconnect;
    }

    /**
     * Lets a login that the user did not ask for fail with {@link AVIMException#SESSION_CONFLICT}, when another device
     * has taken the place meanwhile.
     *
     * @param reconnect true when the program starts by itself, without the user
     * @return this
     */
    public AVIMClientOpenOption setReconnect(boolean reconnect) {
        this.reconnect = reconnect;
        return this;
    }
}
