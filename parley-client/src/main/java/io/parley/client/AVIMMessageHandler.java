package io.parley.client;

/** Gets messages. As the default handler it gets those that no typed handler takes. Override what you need. */
public abstract class AVIMMessageHandler {
    /** For subclasses. */
    protected AVIMMessageHandler() {}

    /**
     * A message has come.
     *
     * @param message what was said
     * @param conversation where
     * @param client to whom
     */
    public void onMessage(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {}

    /**
     * A message that this client sent with the wish for a receipt was delivered.
     *
     * @param message which one, with the time of its delivery
     * @param conversation where
     * @param client who sent it
     */
    public void onMessageReceipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {}
}
