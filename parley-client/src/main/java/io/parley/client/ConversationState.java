package io.parley.client;

import io.parley.client.internal.ConversationData;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a client has seen of a conversation, written by the SDK as it hears of it. Thread-safe. */
final class ConversationState {
    private final Store store;
    private final String clientId;

    /** Replaced as a whole, by any thread that holds the lock of this object. */
    private volatile ConversationData data;

    private volatile @Nullable AVIMMessage lastMessage;
    private volatile int unread;
    private volatile boolean mentioned;
    private volatile long lastDeliveredAt;
    private volatile long lastReadAt;

    /** On the loop's thread only. */
    private boolean beingFetched;

    ConversationState(Store store, String clientId, ConversationData data) {
        this.store = store;
        this.clientId = clientId;
        this.data = data;
    }

    // ---- what it is

    ConversationData data() {
        return data;
    }

    void become(ConversationData newer) {
        change(old -> newer);
    }

    /** The cache follows as soon as the whole is known. */
    void change(UnaryOperator<ConversationData> change) {
        ConversationData changed;
        synchronized (this) {
            changed = change.apply(data);
            data = changed;
        }
        if (changed.isComplete()) store.write((cache, history) -> cache.putConversation(clientId, changed));
    }

    boolean isBeingFetched() {
        return beingFetched;
    }

    void setBeingFetched(boolean now) {
        beingFetched = now;
    }

    // ---- its last message

    @Nullable
    AVIMMessage lastMessage() {
        return lastMessage;
    }

    /** A message that may be the last one. */
    synchronized void tell(AVIMMessage message) {
        AVIMMessage last = lastMessage;
        if (last != null && last.getTimestamp() > message.getTimestamp()) return;
        lastMessage = message;
        data = data.withLastMessageAt(message.getTimestamp());
    }

    /** A message has changed. */
    synchronized void replace(AVIMMessage message) {
        if (message.equals(lastMessage)) lastMessage = message;
    }

    // ---- what is unread, and what others have read

    int unread() {
        return unread;
    }

    boolean isMentioned() {
        return mentioned;
    }

    void setUnread(int count, boolean mentionsMe) {
        unread = count;
        mentioned = count > 0 && mentionsMe;
    }

    /** On the loop's thread, as all counting. */
    void countUnread(boolean mentionsMe) {
        setUnread(unread + 1, mentioned || mentionsMe);
    }

    /** What was read was delivered. */
    @Nullable
    Date lastDeliveredAt() {
        return date(Math.max(lastDeliveredAt, lastReadAt));
    }

    @Nullable
    Date lastReadAt() {
        return date(lastReadAt);
    }

    void deliveredUntil(long time) {
        lastDeliveredAt = Math.max(lastDeliveredAt, time);
    }

    void readUntil(long time) {
        lastReadAt = Math.max(lastReadAt, time);
    }

    /** Null for a time that is not known. */
    @SuppressWarnings("JavaUtilDate") // as the guide has it
    static @Nullable Date date(long millis) {
        return millis == 0 ? null : new Date(millis);
    }
}
