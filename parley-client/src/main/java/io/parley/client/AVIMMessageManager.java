package io.parley.client;

import io.parley.client.internal.Json;
import io.parley.client.internal.StoredMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Registers kinds of messages, and who gets them. Set handlers before a client opens: what arrives before is gone.
 * Handlers here belong to {@link AVIMRealtime#getDefault()}; kinds of messages are known everywhere. Thread-safe.
 *
 * <p>A typed message goes to all handlers that are registered for its class or for {@link AVIMTypedMessage}, one after
 * the other. If there is none, and for messages that are of no known kind, it goes to the default handler.
 */
public final class AVIMMessageManager {
    private static final Map<Integer, Class<? extends AVIMTypedMessage>> KINDS = new ConcurrentHashMap<>();

    static {
        know(AVIMTextMessage.class);
        know(AVIMImageMessage.class);
        know(AVIMAudioMessage.class);
        know(AVIMVideoMessage.class);
        know(AVIMLocationMessage.class);
        know(AVIMFileMessage.class);
        know(AVIMRecalledMessage.class);
    }

    private AVIMMessageManager() {}

    private static void know(Class<? extends AVIMTypedMessage> kind) {
        KINDS.put(TypedFields.typeOf(kind), kind);
    }

    /**
     * Makes a kind of messages known: what arrives with its number becomes an object of this class.
     *
     * @param messageClass has {@link AVIMMessageType} with a positive number, and a constructor without parameters
     * @throws IllegalArgumentException when it has not
     */
    public static void registerAVIMMessageType(Class<? extends AVIMTypedMessage> messageClass) {
        int type = TypedFields.typeOf(messageClass);
        if (type == 0) throw new IllegalArgumentException(messageClass.getName() + " needs @AVIMMessageType");
        Class<? extends AVIMTypedMessage> known = KINDS.get(type);
        if (type < 0 && (known == null || !known.isAssignableFrom(messageClass)))
            throw new IllegalArgumentException("the type " + type + " is reserved: take a positive one");
        TypedFields.create(messageClass);
        KINDS.put(type, messageClass);
    }

    /**
     * Gets the messages that no typed handler takes. The last one registered counts.
     *
     * @param handler null for none
     */
    public static void registerDefaultMessageHandler(@Nullable AVIMMessageHandler handler) {
        AVIMRealtime.getDefault().setDefaultMessageHandler(handler);
    }

    /**
     * Gets the messages of a class, beside other handlers.
     *
     * @param messageClass {@link AVIMTypedMessage} for all typed messages
     * @param handler what gets them
     * @param <T> what it takes
     */
    public static <T extends AVIMTypedMessage> void registerMessageHandler(
            Class<T> messageClass, AVIMTypedMessageHandler<? super T> handler) {
        AVIMRealtime.getDefault().addMessageHandler(messageClass, handler);
    }

    /**
     * Ends what {@link #registerMessageHandler} began.
     *
     * @param messageClass as it was registered
     * @param handler as it was registered
     */
    public static void unregisterMessageHandler(
            Class<? extends AVIMTypedMessage> messageClass, AVIMTypedMessageHandler<?> handler) {
        AVIMRealtime.getDefault().removeMessageHandler(messageClass, handler);
    }

    /**
     * Is told what happens in conversations. The last one set counts.
     *
     * @param handler null for none
     */
    public static void setConversationEventHandler(@Nullable AVIMConversationEventHandler handler) {
        AVIMRealtime.getDefault().setConversationEventHandler(handler);
    }

    // ---- for the SDK

    /** An object of the kind that the content says; a plain message when it says none that is known. */
    static AVIMMessage message(StoredMessage stored, String self) {
        AVIMMessage message = ofContent(stored);
        message.know(stored, self);
        if (message instanceof AVIMRecalledMessage) message.recalled();
        return message;
    }

    private static AVIMMessage ofContent(StoredMessage stored) {
        byte[] bytes = stored.bytes();
        if (bytes != null) return new AVIMBinaryMessage(bytes);
        Map<String, Object> json = Json.object(stored.content());
        Class<? extends AVIMTypedMessage> kind = KINDS.get(TypedFields.typeOf(json));
        AVIMMessage message = kind == null ? new AVIMMessage() : TypedFields.create(kind);
        message.setContent(stored.content());
        return message;
    }
}
