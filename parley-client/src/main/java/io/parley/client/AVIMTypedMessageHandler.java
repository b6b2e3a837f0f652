package io.parley.client;

/**
 * Gets messages of one class, or of all typed classes. Override what you need.
 *
 * @param <T> what it takes
 */
public abstract class AVIMTypedMessageHandler<T extends AVIMTypedMessage> {
    /** For subclasses. */
    protected AVIMTypedMessageHandler() {}

    /**
     * A message has come.
     *
     * @param message what was said
     * @param conversation where
     * @param client to whom
     */
    public void onMessage(T message, AVIMConversation conversation, AVIMClient client) {}

    /**
     * A message that this client sent with the wish for a receipt was delivered.
     *
     * @param message which one, with the time of its delivery
     * @param conversation where
     * @param client who sent it
     */
    public void onMessageReceipt(T message, AVIMConversation conversation, AVIMClient client) {}
}
