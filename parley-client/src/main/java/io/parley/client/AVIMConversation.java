package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.cache.HistoryCache.Place;
import io.parley.client.internal.proto.LogsCommand;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of a client: of two, of many, or a chat room. What it tells is what the client has seen; nothing is
 * asked by getters. Each operation has two forms, one that tells a callback, and one that returns a future. Thread-safe.
 */
public final class AVIMConversation {
    /** A flag of {@link #sendMessage(AVIMMessage, int, AVIMConversationCallback)}: for now only. */
    public static final int TRANSIENT_MESSAGE_FLAG = 0;

    /** A flag of {@link #sendMessage(AVIMMessage, int, AVIMConversationCallback)}: an ordinary message. */
    public static final int NONTRANSIENT_MESSAGE_FLAG = 1;

    /** A flag of {@link #sendMessage(AVIMMessage, int, AVIMConversationCallback)}: with a receipt. */
    public static final int RECEIPT_MESSAGE_FLAG = 17;

    /** How many messages a page has that says nothing else. */
    public static final int DEFAULT_PAGE = 20;

    /** How many messages a page may have. */
    public static final int MAX_PAGE = 1000;

    private static final int MOST_ONLINE_MEMBERS = 50;

    /** What a member may do, where roles are switched on. */
    public enum MemberRole {
        /** The creator. */
        Owner,
        /** May remove, silence and block members. */
        Manager,
        /** Everybody else. */
        Member;

        static MemberRole of(String name) {
            for (MemberRole role : values()) if (role.name().equals(name)) return role;
            return Member;
        }
    }

    private final AVIMClient client;
    private final Engine engine;
    private final ConversationCalls calls;
    private final MessageCalls messages;
    private final ModerationCalls moderation;

    /** Replaced as a whole, by any thread that holds the lock of this object. */
    private volatile ConversationData data;

    private volatile @Nullable AVIMMessage lastMessage;
    private volatile int unread;
    private volatile boolean mentioned;
    private volatile long lastDeliveredAt;
    private volatile long lastReadAt;

    /** On the loop's thread only. */
    private boolean beingFetched;

    /** What {@link #updateInfoInBackground} will send. Guarded by this. */
    private final Map<String, Object> pendingChanges = new LinkedHashMap<>();

    AVIMConversation(AVIMClient client, ConversationData data) {
        this.client = client;
        this.engine = client.engine();
        this.data = data;
        this.calls = new ConversationCalls(this, client);
        this.messages = new MessageCalls(this, client);
        this.moderation = new ModerationCalls(this, client);
    }

    // ---- what it is

    /**
     * The id that the server gave.
     *
     * @return {@code objectId} of the table
     */
    public String getConversationId() {
        return data.id();
    }

    /**
     * The name, the same for all members.
     *
     * @return {@code name} of the table; empty when there is none
     */
    public String getName() {
        Object pending = pending("name");
        return pending instanceof String ? (String) pending : data.name();
    }

    /**
     * Changes the name, with the next {@link #updateInfoInBackground()}.
     *
     * @param name for all members
     */
    public void setName(String name) {
        change("name", name);
    }

    /**
     * Who is in it. Chat rooms and service conversations do not tell.
     *
     * @return {@code m} of the table
     */
    public List<String> getMembers() {
        return data.members();
    }

    /**
     * Who created it.
     *
     * @return {@code c} of the table
     */
    public String getCreator() {
        return data.creator();
    }

    /**
     * Attributes of the application's own, as they are at the server.
     *
     * @return {@code attr} of the table
     */
    public Map<String, Object> getAttributes() {
        return data.attributes();
    }

    /**
     * One attribute of the application's own, or one that waits for {@link #updateInfoInBackground()}.
     *
     * @param key its name
     * @return null when there is none
     */
    public @Nullable Object getAttribute(String key) {
        Object pending = pending("attr." + key);
        return pending != null ? pending : data.attributes().get(key);
    }

    /**
     * Replaces all attributes, with the next {@link #updateInfoInBackground()}.
     *
     * @param attributes of the application's own
     */
    public void setAttributes(Map<String, Object> attributes) {
        change("attr", new LinkedHashMap<>(attributes));
    }

    /**
     * Changes one attribute, with the next {@link #updateInfoInBackground()}; others that members change meanwhile stay.
     *
     * @param key its name
     * @param value as JSON can have it
     */
    public void setAttribute(String key, Object value) {
        change("attr." + key, value);
    }

    /**
     * Removes one attribute, with the next {@link #updateInfoInBackground()}.
     *
     * @param key its name
     */
    public void removeAttribute(String key) {
        change("attr." + key, Map.of("__op", "Delete"));
    }

    private synchronized void change(String key, Object value) {
        pendingChanges.put(key, value);
    }

    private synchronized @Nullable Object pending(String key) {
        return pendingChanges.get(key);
    }

    /**
     * Whether this is a chat room.
     *
     * @return {@code tr} of the table
     */
    public boolean isTransient() {
        return data.isRoom();
    }

    /**
     * Whether this is a service conversation, which the application's server speaks in.
     *
     * @return {@code sys} of the table
     */
    public boolean isSystem() {
        return data.isService();
    }

    /**
     * Whether it ends by itself.
     *
     * @return true for temporary conversations
     */
    public boolean isTemporary() {
        return data.isTemporary();
    }

    /**
     * Whether it is the unique conversation of its members.
     *
     * @return {@code unique} of the table
     */
    public boolean isUnique() {
        return data.isUnique();
    }

    /**
     * What the set of its members is called, if it is unique.
     *
     * @return empty if it is not
     */
    public String getUniqueId() {
        return data.uniqueId();
    }

    /**
     * How long it lives, if it ends by itself.
     *
     * @return seconds from its creation; 0 if it does not
     */
    public long getTemporaryExpiredat() {
        return data.timeToLive();
    }

    /**
     * Whether this client gets no push notifications for it.
     *
     * @return true when it is muted
     */
    public boolean isMuted() {
        return data.isMutedBy(client.getClientId());
    }

    /**
     * When it was created.
     *
     * @return null when that is not known yet
     */
    public @Nullable Date getCreatedAt() {
        return date(data.createdAt());
    }

    /**
     * When its name, attributes or members were last changed.
     *
     * @return null when that is not known yet
     */
    public @Nullable Date getUpdatedAt() {
        return date(data.updatedAt());
    }

    /**
     * When its last message was sent.
     *
     * @return {@code lm} of the table; null when there was none
     */
    public @Nullable Date getLastMessageAt() {
        return date(data.lastMessageAt());
    }

    /**
     * Its last message, if the client has seen it.
     *
     * @return null when there is none, or it was not seen
     */
    public @Nullable AVIMMessage getLastMessage() {
        return lastMessage;
    }

    /**
     * How many messages are unread, if the SDK is set to let the server count them.
     *
     * @return at most 100
     */
    public int getUnreadMessagesCount() {
        return unread;
    }

    /**
     * Whether an unread message mentions this client.
     *
     * @return true if one does
     */
    public boolean unreadMessagesMentioned() {
        return mentioned;
    }

    /**
     * Until when the messages of this client are known to be delivered.
     *
     * @return null when that is not known
     */
    public @Nullable Date getLastDeliveredAt() {
        return date(Math.max(lastDeliveredAt, lastReadAt));
    }

    /**
     * Until when the messages of this client are known to be read.
     *
     * @return null when that is not known
     */
    public @Nullable Date getLastReadAt() {
        return date(lastReadAt);
    }

    /**
     * Whether the server was not asked yet what this conversation is.
     *
     * @return true when getters have little to tell
     */
    public boolean isShouldFetch() {
        return !data.isComplete();
    }

    @SuppressWarnings("JavaUtilDate") // as the guide has it
    private static @Nullable Date date(long millis) {
        return millis == 0 ? null : new Date(millis);
    }

    // ---- messages

    /**
     * Sends a message.
     *
     * @param message what to say
     * @param flag one of the constants of this class
     * @param callback is told when the server has it
     */
    public void sendMessage(AVIMMessage message, int flag, AVIMConversationCallback callback) {
        sendMessage(message, option(flag), callback);
    }

    private static AVIMMessageOption option(int flag) {
        return new AVIMMessageOption()
                .setTransient(flag == TRANSIENT_MESSAGE_FLAG)
                .setReceipt(flag == RECEIPT_MESSAGE_FLAG);
    }

    /** Tells the server that everything is read, and other devices of this client, too. */
    public void read() {
        messages.read();
    }

    /**
     * Sends a message.
     *
     * @param message what to say
     * @return the same message, when the server has it
     */
    public CompletableFuture<AVIMMessage> sendMessage(AVIMMessage message) {
        return engine.future(messages.send(message, new AVIMMessageOption()));
    }

    /**
     * Sends a message.
     *
     * @param message what to say
     * @param callback is told when the server has it
     */
    public void sendMessage(AVIMMessage message, AVIMConversationCallback callback) {
        engine.call(messages.send(message, new AVIMMessageOption()), (done, e) -> callback.done(e));
    }

    /**
     * Sends a message.
     *
     * @param message what to say
     * @param option how
     * @return the same message, when the server has it
     */
    public CompletableFuture<AVIMMessage> sendMessage(AVIMMessage message, AVIMMessageOption option) {
        return engine.future(messages.send(message, option));
    }

    /**
     * Sends a message.
     *
     * @param message what to say
     * @param option how
     * @param callback is told when the server has it
     */
    public void sendMessage(AVIMMessage message, AVIMMessageOption option, AVIMConversationCallback callback) {
        engine.call(messages.send(message, option), (done, e) -> callback.done(e));
    }

    /**
     * Changes a message of this client.
     *
     * @param oldMessage as it was sent
     * @param newMessage what it shall be
     * @return the new message
     */
    public CompletableFuture<AVIMMessage> updateMessage(AVIMMessage oldMessage, AVIMMessage newMessage) {
        return engine.future(messages.edit(oldMessage, newMessage));
    }

    /**
     * Changes a message of this client.
     *
     * @param oldMessage as it was sent
     * @param newMessage what it shall be
     * @param callback is given the new message
     */
    public void updateMessage(AVIMMessage oldMessage, AVIMMessage newMessage, AVIMMessageUpdatedCallback callback) {
        engine.call(messages.edit(oldMessage, newMessage), callback::done);
    }

    /**
     * Takes a message of this client back.
     *
     * @param message as it was sent
     * @return what is left of it
     */
    public CompletableFuture<AVIMRecalledMessage> recallMessage(AVIMMessage message) {
        return engine.future(messages.recall(message));
    }

    /**
     * Takes a message of this client back.
     *
     * @param message as it was sent
     * @param callback is given what is left of it
     */
    public void recallMessage(AVIMMessage message, AVIMMessageRecalledCallback callback) {
        engine.call(messages.recall(message), callback::done);
    }

    /**
     * The newest messages: {@value #DEFAULT_PAGE} of them.
     *
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessages() {
        return engine.future(latest(DEFAULT_PAGE));
    }

    /**
     * The newest messages: {@value #DEFAULT_PAGE} of them.
     *
     * @param callback is given them, oldest first
     */
    public void queryMessages(AVIMMessagesQueryCallback callback) {
        engine.call(latest(DEFAULT_PAGE), callback::done);
    }

    /**
     * The newest messages.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessages(int limit) {
        return engine.future(latest(limit));
    }

    /**
     * The newest messages.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessages(int limit, AVIMMessagesQueryCallback callback) {
        engine.call(latest(limit), callback::done);
    }

    /**
     * Messages before another one: the next page, when it is the oldest of the page before.
     *
     * @param messageId of the message that is known
     * @param timestamp of the message that is known
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessages(String messageId, long timestamp, int limit) {
        return engine.future(calls.page(new Place(messageId, timestamp), messageId, timestamp, limit));
    }

    /**
     * Messages before another one: the next page, when it is the oldest of the page before.
     *
     * @param messageId of the message that is known
     * @param timestamp of the message that is known
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessages(String messageId, long timestamp, int limit, AVIMMessagesQueryCallback callback) {
        engine.call(calls.page(new Place(messageId, timestamp), messageId, timestamp, limit), callback::done);
    }

    /**
     * Messages between two places, in either direction.
     *
     * @param interval from where to where
     * @param direction from which end, if there are more
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessages(
            AVIMMessageInterval interval, AVIMMessageQueryDirection direction, int limit) {
        return engine.future(interval(interval, direction, limit));
    }

    /**
     * Messages between two places, in either direction.
     *
     * @param interval from where to where
     * @param direction from which end, if there are more
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessages(
            AVIMMessageInterval interval,
            AVIMMessageQueryDirection direction,
            int limit,
            AVIMMessagesQueryCallback callback) {
        engine.call(interval(interval, direction, limit), callback::done);
    }

    /**
     * The newest messages of one kind.
     *
     * @param messageType as in {@link AVIMMessageType#type()}
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessagesByType(int messageType, int limit) {
        return engine.future(ofType(messageType, limit));
    }

    /**
     * The newest messages of one kind.
     *
     * @param messageType as in {@link AVIMMessageType#type()}
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessagesByType(int messageType, int limit, AVIMMessagesQueryCallback callback) {
        engine.call(ofType(messageType, limit), callback::done);
    }

    /**
     * The newest messages, whatever the cache has.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessagesFromServer(int limit) {
        return engine.future(latestFromServer(limit));
    }

    /**
     * The newest messages, whatever the cache has.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessagesFromServer(int limit, AVIMMessagesQueryCallback callback) {
        engine.call(latestFromServer(limit), callback::done);
    }

    /**
     * The newest messages that the cache has, whether or not there are newer ones at the server.
     *
     * @param limit how many at most
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessagesFromCache(int limit) {
        return engine.future(calls.fromCache(Place.END, limit));
    }

    /**
     * The newest messages that the cache has, whether or not there are newer ones at the server.
     *
     * @param limit how many at most
     * @param callback is given them, oldest first
     */
    public void queryMessagesFromCache(int limit, AVIMMessagesQueryCallback callback) {
        engine.call(calls.fromCache(Place.END, limit), callback::done);
    }

    // ---- members

    /**
     * Becomes a member, or enters the chat room.
     *
     * @return done when the server has done it
     */
    public CompletableFuture<Void> join() {
        return engine.future(calls.join());
    }

    /**
     * Becomes a member, or enters the chat room.
     *
     * @param callback is told when it is done
     */
    public void join(AVIMConversationCallback callback) {
        engine.call(calls.join(), (done, e) -> callback.done(e));
    }

    /**
     * Is no member any longer, or leaves the chat room.
     *
     * @return done when the server has done it
     */
    public CompletableFuture<Void> quit() {
        return engine.future(calls.quit());
    }

    /**
     * Is no member any longer, or leaves the chat room.
     *
     * @param callback is told when it is done
     */
    public void quit(AVIMConversationCallback callback) {
        engine.call(calls.quit(), (done, e) -> callback.done(e));
    }

    /**
     * Adds members. Those who are in it already stay.
     *
     * @param members client ids
     * @return for whom it was done; an error when for nobody
     */
    public CompletableFuture<AVIMPartialResult> addMembers(List<String> members) {
        return engine.future(calls.add(members));
    }

    /**
     * Adds members. Those who are in it already stay.
     *
     * @param members client ids
     * @param callback is told when it is done; with an error when somebody was refused
     */
    public void addMembers(List<String> members, AVIMConversationCallback callback) {
        engine.call(calls.add(members), (result, e) -> callback.done(e != null ? e : firstFailure(result)));
    }

    /**
     * Removes members.
     *
     * @param members client ids
     * @return for whom it was done; an error when for nobody
     */
    public CompletableFuture<AVIMPartialResult> kickMembers(List<String> members) {
        return engine.future(calls.remove(members));
    }

    /**
     * Removes members.
     *
     * @param members client ids
     * @param callback is told when it is done; with an error when somebody was refused
     */
    public void kickMembers(List<String> members, AVIMConversationCallback callback) {
        engine.call(calls.remove(members), (result, e) -> callback.done(e != null ? e : firstFailure(result)));
    }

    /**
     * How many members there are; in a chat room, how many are there now.
     *
     * @return as the server counts now
     */
    public CompletableFuture<Integer> getMemberCount() {
        return engine.future(calls.count());
    }

    /**
     * How many members there are; in a chat room, how many are there now.
     *
     * @param callback is given the number
     */
    public void getMemberCount(AVIMConversationMemberCountCallback callback) {
        engine.call(calls.count(), callback::done);
    }

    /**
     * Who is in the chat room now: some of them.
     *
     * @return client ids
     */
    public CompletableFuture<List<String>> getOnlineMembers() {
        return engine.future(calls.onlineMembers(MOST_ONLINE_MEMBERS));
    }

    /**
     * Who is in the chat room now: some of them.
     *
     * @param callback is given their ids
     */
    public void getOnlineMembers(AVIMConversationSimpleResultCallback callback) {
        engine.call(calls.onlineMembers(MOST_ONLINE_MEMBERS), callback::done);
    }

    // ---- this client

    /**
     * Wants no push notifications for this conversation.
     *
     * @return done when the server has done it
     */
    public CompletableFuture<Void> mute() {
        return engine.future(calls.mute(true));
    }

    /**
     * Wants no push notifications for this conversation.
     *
     * @param callback is told when it is done
     */
    public void mute(AVIMConversationCallback callback) {
        engine.call(calls.mute(true), (done, e) -> callback.done(e));
    }

    /**
     * Wants push notifications again.
     *
     * @return done when the server has done it
     */
    public CompletableFuture<Void> unmute() {
        return engine.future(calls.mute(false));
    }

    /**
     * Wants push notifications again.
     *
     * @param callback is told when it is done
     */
    public void unmute(AVIMConversationCallback callback) {
        engine.call(calls.mute(false), (done, e) -> callback.done(e));
    }

    /**
     * Sends changed name and attributes.
     *
     * @return this
     */
    public CompletableFuture<AVIMConversation> updateInfoInBackground() {
        return engine.future(update());
    }

    /**
     * Sends changed name and attributes.
     *
     * @param callback is told when it is done
     */
    public void updateInfoInBackground(AVIMConversationCallback callback) {
        engine.call(update(), (done, e) -> callback.done(e));
    }

    /**
     * Asks what the conversation is.
     *
     * @return this
     */
    public CompletableFuture<AVIMConversation> fetchInfoInBackground() {
        return engine.future(calls.fetch().thenApply(found -> this));
    }

    /**
     * Asks what the conversation is.
     *
     * @param callback is told when it is done
     */
    public void fetchInfoInBackground(AVIMConversationCallback callback) {
        engine.call(calls.fetch().thenApply(found -> this), (done, e) -> callback.done(e));
    }

    /**
     * Asks until when messages were delivered and read.
     *
     * @return this
     */
    public CompletableFuture<AVIMConversation> fetchReceiptTimestamps() {
        return engine.future(calls.receipts());
    }

    /**
     * Asks until when messages were delivered and read.
     *
     * @param callback is told when it is done
     */
    public void fetchReceiptTimestamps(AVIMConversationCallback callback) {
        engine.call(calls.receipts(), (done, e) -> callback.done(e));
    }

    // ---- roles, silence, blacklist

    /**
     * Gives a member another role.
     *
     * @param memberId a member
     * @param role manager or member
     * @return done when the server has done it
     */
    public CompletableFuture<Void> updateMemberRole(String memberId, MemberRole role) {
        return engine.future(moderation.setRole(memberId, role));
    }

    /**
     * Gives a member another role.
     *
     * @param memberId a member
     * @param role manager or member
     * @param callback is told when it is done
     */
    public void updateMemberRole(String memberId, MemberRole role, AVIMConversationCallback callback) {
        engine.call(moderation.setRole(memberId, role), (done, e) -> callback.done(e));
    }

    /**
     * Silences members.
     *
     * @param members client ids
     * @return for whom it was done
     */
    public CompletableFuture<AVIMPartialResult> muteMembers(List<String> members) {
        return engine.future(moderation.silence(true, members));
    }

    /**
     * Silences members.
     *
     * @param members client ids
     * @param callback is told for whom it was done
     */
    public void muteMembers(List<String> members, AVIMPartialOperationCallback callback) {
        engine.call(moderation.silence(true, members), callback::done);
    }

    /**
     * Lets silenced members speak again.
     *
     * @param members client ids
     * @return for whom it was done
     */
    public CompletableFuture<AVIMPartialResult> unmuteMembers(List<String> members) {
        return engine.future(moderation.silence(false, members));
    }

    /**
     * Lets silenced members speak again.
     *
     * @param members client ids
     * @param callback is told for whom it was done
     */
    public void unmuteMembers(List<String> members, AVIMPartialOperationCallback callback) {
        engine.call(moderation.silence(false, members), callback::done);
    }

    /**
     * Who is silenced.
     *
     * @return client ids
     */
    public CompletableFuture<List<String>> queryMutedMembers() {
        return engine.future(moderation.silenced());
    }

    /**
     * Who is silenced.
     *
     * @param callback is given their ids
     */
    public void queryMutedMembers(AVIMConversationSimpleResultCallback callback) {
        engine.call(moderation.silenced(), callback::done);
    }

    /**
     * Blocks clients: they are removed, and may not come back.
     *
     * @param members client ids
     * @return for whom it was done
     */
    public CompletableFuture<AVIMPartialResult> blockMembers(List<String> members) {
        return engine.future(moderation.block(true, members));
    }

    /**
     * Blocks clients: they are removed, and may not come back.
     *
     * @param members client ids
     * @param callback is told for whom it was done
     */
    public void blockMembers(List<String> members, AVIMPartialOperationCallback callback) {
        engine.call(moderation.block(true, members), callback::done);
    }

    /**
     * Lets blocked clients in again; they are not members by that.
     *
     * @param members client ids
     * @return for whom it was done
     */
    public CompletableFuture<AVIMPartialResult> unblockMembers(List<String> members) {
        return engine.future(moderation.block(false, members));
    }

    /**
     * Lets blocked clients in again; they are not members by that.
     *
     * @param members client ids
     * @param callback is told for whom it was done
     */
    public void unblockMembers(List<String> members, AVIMPartialOperationCallback callback) {
        engine.call(moderation.block(false, members), callback::done);
    }

    /**
     * Who is blocked.
     *
     * @return client ids
     */
    public CompletableFuture<List<String>> queryBlockedMembers() {
        return engine.future(moderation.blocked());
    }

    /**
     * Who is blocked.
     *
     * @param callback is given their ids
     */
    public void queryBlockedMembers(AVIMConversationSimpleResultCallback callback) {
        engine.call(moderation.blocked(), callback::done);
    }

    /**
     * The roles of those members that have another one than {@link MemberRole#Member}.
     *
     * @return by client id
     */
    public CompletableFuture<Map<String, MemberRole>> getMemberRoles() {
        return engine.future(moderation.roles());
    }

    private static @Nullable AVIMException firstFailure(@Nullable AVIMPartialResult result) {
        return result == null || result.isComplete()
                ? null
                : result.getFailures().values().iterator().next();
    }

    private CompletableFuture<AVIMConversation> update() {
        Map<String, Object> changes;
        synchronized (this) {
            changes = new LinkedHashMap<>(pendingChanges);
            pendingChanges.clear();
        }
        return calls.update(changes).whenComplete((done, error) -> {
            if (error != null) putBack(changes);
        });
    }

    /** They may be sent again; what was changed since counts more. */
    private synchronized void putBack(Map<String, Object> changes) {
        changes.forEach(pendingChanges::putIfAbsent);
    }

    // ---- history

    private CompletableFuture<List<AVIMMessage>> latest(int limit) {
        return calls.page(Place.END, "", 0, limit);
    }

    private CompletableFuture<List<AVIMMessage>> latestFromServer(int limit) {
        return limited(limit, LogsCommand.newBuilder());
    }

    private CompletableFuture<List<AVIMMessage>> ofType(int messageType, int limit) {
        return limited(limit, LogsCommand.newBuilder().setLctype(messageType));
    }

    private CompletableFuture<List<AVIMMessage>> interval(
            AVIMMessageInterval interval, AVIMMessageQueryDirection direction, int limit) {
        return limited(limit, interval.fill(LogsCommand.newBuilder(), direction));
    }

    private CompletableFuture<List<AVIMMessage>> limited(int limit, LogsCommand.Builder query) {
        if (limit < 1 || limit > MAX_PAGE) return Engine.invalid("limit is " + limit + ", must be 1 to " + MAX_PAGE);
        return calls.fromServer(query.setLimit(limit));
    }

    // ---- written by the SDK

    ConversationCalls calls() {
        return calls;
    }

    ConversationData data() {
        return data;
    }

    void become(ConversationData newer) {
        change(old -> newer);
    }

    void change(UnaryOperator<ConversationData> change) {
        ConversationData changed;
        synchronized (this) {
            changed = change.apply(data);
            data = changed;
        }
        if (changed.isComplete())
            engine.store.write((cache, history) -> cache.putConversation(client.getClientId(), changed));
    }

    boolean isBeingFetched() {
        return beingFetched;
    }

    void setBeingFetched(boolean now) {
        beingFetched = now;
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

    void setUnread(int count, boolean mentionsMe) {
        unread = count;
        mentioned = count > 0 && mentionsMe;
    }

    /** On the loop's thread, as all counting. */
    void countUnread(boolean mentionsMe) {
        setUnread(unread + 1, mentioned || mentionsMe);
    }

    void deliveredUntil(long time) {
        lastDeliveredAt = Math.max(lastDeliveredAt, time);
    }

    void readUntil(long time) {
        lastReadAt = Math.max(lastReadAt, time);
    }

    @Override
    public String toString() {
        return "AVIMConversation " + getConversationId();
    }
}
