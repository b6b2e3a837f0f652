package io.parley.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The application's handlers, and which of them gets what. Thread-safe. */
final class Handlers {
    private final Map<Class<?>, List<AVIMTypedMessageHandler<?>>> typed = new ConcurrentHashMap<>();
    private volatile @Nullable AVIMMessageHandler defaultHandler;
    private volatile @Nullable AVIMConversationEventHandler conversationEvents;
    private volatile @Nullable AVIMClientEventHandler clientEvents;

    void setDefault(@Nullable AVIMMessageHandler handler) {
        defaultHandler = handler;
    }

    void setConversationEvents(@Nullable AVIMConversationEventHandler handler) {
        conversationEvents = handler;
    }

    void setClientEvents(@Nullable AVIMClientEventHandler handler) {
        clientEvents = handler;
    }

    void add(Class<? extends AVIMTypedMessage> messageClass, AVIMTypedMessageHandler<?> handler) {
        typed.computeIfAbsent(messageClass, c -> new CopyOnWriteArrayList<>()).add(handler);
    }

    void remove(Class<? extends AVIMTypedMessage> messageClass, AVIMTypedMessageHandler<?> handler) {
        List<AVIMTypedMessageHandler<?>> registered = typed.get(messageClass);
        if (registered != null) registered.remove(handler);
    }

    /** All handlers of its class, else the default one. On the callback executor. */
    void message(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
        dispatch(
                message,
                handler -> handler.onMessage((AVIMTypedMessage) message, conversation, client),
                handler -> handler.onMessage(message, conversation, client));
    }

    /** All handlers of its class, else the default one. On the callback executor. */
    void receipt(AVIMMessage message, AVIMConversation conversation, AVIMClient client) {
        dispatch(
                message,
                handler -> handler.onMessageReceipt((AVIMTypedMessage) message, conversation, client),
                handler -> handler.onMessageReceipt(message, conversation, client));
    }

    private void dispatch(
            AVIMMessage message,
            Consumer<AVIMTypedMessageHandler<AVIMTypedMessage>> toTyped,
            Consumer<AVIMMessageHandler> toDefault) {
        List<AVIMTypedMessageHandler<AVIMTypedMessage>> takers = takers(message);
        AVIMMessageHandler last = defaultHandler;
        if (!takers.isEmpty()) takers.forEach(toTyped);
        else if (last != null) toDefault.accept(last);
    }

    @SuppressWarnings("unchecked") // registered with the class of the message, or with a wider one
    private List<AVIMTypedMessageHandler<AVIMTypedMessage>> takers(AVIMMessage message) {
        List<AVIMTypedMessageHandler<AVIMTypedMessage>> takers = new ArrayList<>();
        if (!(message instanceof AVIMTypedMessage)) return takers;
        for (Class<?> c = message.getClass(); c != null && c != AVIMMessage.class; c = c.getSuperclass()) {
            // An image is a file by inheritance, but of another kind.
            if (c != message.getClass() && c != AVIMTypedMessage.class) continue;
            for (AVIMTypedMessageHandler<?> handler : typed.getOrDefault(c, List.of()))
                takers.add((AVIMTypedMessageHandler<AVIMTypedMessage>) handler);
        }
        return takers;
    }

    /** On the callback executor. */
    void conversation(Consumer<AVIMConversationEventHandler> event) {
        AVIMConversationEventHandler handler = conversationEvents;
        if (handler != null) event.accept(handler);
    }

    /** On the callback executor. */
    void client(AVIMClient client, BiConsumer<AVIMClientEventHandler, AVIMClient> event) {
        AVIMClientEventHandler handler = clientEvents;
        if (handler != null) event.accept(handler, client);
    }
}
