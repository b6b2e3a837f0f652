package io.parley.client;

import io.parley.client.internal.ConversationData;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    private final ConversationState state;
    private final ConversationCalls calls;
    private final ConversationChanges changes;
    private final MemberCalls membership;
    private final MessageCalls messages;
    private final HistoryCalls history;
    private final ModerationCalls moderation;

    AVIMConversation(AVIMClient client, ConversationData data) {
        this.client = client;
        this.engine = client.engine();
        this.state = new ConversationState(engine.store, client.getClientId(), data);
        this.calls = new ConversationCalls(this, client);
        this.changes = new ConversationChanges(calls);
        this.membership = new MemberCalls(this, client, calls);
        this.messages = new MessageCalls(this, client);
        this.history = new HistoryCalls(this, client);
        this.moderation = new ModerationCalls(this, client);
    }

    // ---- what it is

    /**
     * The id that the server gave.
     *
     * @return {@code objectId} of the table
     */
    public String getConversationId() {
        return state.data().id();
    }

    /**
     * The name, the same for all members.
     *
     * @return {@code name} of the table; empty when there is none
     */
    public String getName() {
        Object pending = changes.get("name");
        return pending instanceof String ? (String) pending : state.data().name();
    }

    /**
     * Changes the name, with the next {@link #updateInfoInBackground()}.
     *
     * @param name for all members
     */
    public void setName(String name) {
        changes.set("name", name);
    }

    /**
     * Who is in it. Chat rooms and service conversations do not tell.
     *
     * @return {@code m} of the table
     */
    public List<String> getMembers() {
        return state.data().members();
    }

    /**
     * Who created it.
     *
     * @return {@code c} of the table
     */
    public String getCreator() {
        return state.data().creator();
    }

    /**
     * Attributes of the application's own, as they are at the server.
     *
     * @return {@code attr} of the table
     */
    public Map<String, Object> getAttributes() {
        return state.data().attributes();
    }

    /**
     * One attribute of the application's own, or one that waits for {@link #updateInfoInBackground()}.
     *
     * @param key its name
     * @return null when there is none
     */
    public @Nullable Object getAttribute(String key) {
        Object pending = changes.get("attr." + key);
        return pending != null ? pending : state.data().attributes().get(key);
    }

    /**
     * Replaces all attributes, with the next {@link #updateInfoInBackground()}.
     *
     * @param attributes of the application's own
     */
    public void setAttributes(Map<String, Object> attributes) {
        changes.set("attr", new LinkedHashMap<>(attributes));
    }

    /**
     * Changes one attribute, with the next {@link #updateInfoInBackground()}; others that members change meanwhile stay.
     *
     * @param key its name
     * @param value as JSON can have it
     */
    public void setAttribute(String key, Object value) {
        changes.set("attr." + key, value);
    }

    /**
     * Removes one attribute, with the next {@link #updateInfoInBackground()}.
     *
     * @param key its name
     */
    public void removeAttribute(String key) {
        changes.set("attr." + key, Map.of("__op", "Delete"));
    }

    /**
     * Whether this is a chat room.
     *
     * @return {@code tr} of the table
     */
    public boolean isTransient() {
        return state.data().isRoom();
    }

    /**
     * Whether this is a service conversation, which the application's server speaks in.
     *
     * @return {@code sys} of the table
     */
    public boolean isSystem() {
        return state.data().isService();
    }

    /**
     * Whether it ends by itself.
     *
     * @return true for temporary conversations
     */
    public boolean isTemporary() {
        return state.data().isTemporary();
    }

    /**
     * Whether it is the unique conversation of its members.
     *
     * @return {@code unique} of the table
     */
    public boolean isUnique() {
        return state.data().isUnique();
    }

    /**
     * What the set of its members is called, if it is unique.
     *
     * @return empty if it is not
     */
    public String getUniqueId() {
        return state.data().uniqueId();
    }

    /**
     * How long it lives, if it ends by itself.
     *
     * @return seconds from its creation; 0 if it does not
     */
    public long getTemporaryExpiredat() {
        return state.data().timeToLive();
    }

    /**
     * Whether this client gets no push notifications for it.
     *
     * @return true when it is muted
     */
    public boolean isMuted() {
        return state.data().isMutedBy(client.getClientId());
    }

    /**
     * When it was created.
     *
     * @return null when that is not known yet
     */
    public @Nullable Date getCreatedAt() {
        return ConversationState.date(state.data().createdAt());
    }

    /**
     * When its name, attributes or members were last changed.
     *
     * @return null when that is not known yet
     */
    public @Nullable Date getUpdatedAt() {
        return ConversationState.date(state.data().updatedAt());
    }

    /**
     * When its last message was sent.
     *
     * @return {@code lm} of the table; null when there was none
     */
    public @Nullable Date getLastMessageAt() {
        return ConversationState.date(state.data().lastMessageAt());
    }

    /**
     * Its last message, if the client has seen it.
     *
     * @return null when there is none, or it was not seen
     */
    public @Nullable AVIMMessage getLastMessage() {
        return state.lastMessage();
    }

    /**
     * How many messages are unread, if the SDK is set to let the server count them.
     *
     * @return at most 100
     */
    public int getUnreadMessagesCount() {
        return state.unread();
    }

    /**
     * Whether an unread message mentions this client.
     *
     * @return true if one does
     */
    public boolean unreadMessagesMentioned() {
        return state.isMentioned();
    }

    /**
     * Until when the messages of this client are known to be delivered.
     *
     * @return null when that is not known
     */
    public @Nullable Date getLastDeliveredAt() {
        return state.lastDeliveredAt();
    }

    /**
     * Until when the messages of this client are known to be read.
     *
     * @return null when that is not known
     */
    public @Nullable Date getLastReadAt() {
        return state.lastReadAt();
    }

    /**
     * Whether the server was not asked yet what this conversation is.
     *
     * @return true when getters have little to tell
     */
    public boolean isShouldFetch() {
        return !state.data().isComplete();
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
        return engine.future(history.latest(DEFAULT_PAGE));
    }

    /**
     * The newest messages: {@value #DEFAULT_PAGE} of them.
     *
     * @param callback is given them, oldest first
     */
    public void queryMessages(AVIMMessagesQueryCallback callback) {
        engine.call(history.latest(DEFAULT_PAGE), callback::done);
    }

    /**
     * The newest messages.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessages(int limit) {
        return engine.future(history.latest(limit));
    }

    /**
     * The newest messages.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessages(int limit, AVIMMessagesQueryCallback callback) {
        engine.call(history.latest(limit), callback::done);
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
        return engine.future(history.before(messageId, timestamp, limit));
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
        engine.call(history.before(messageId, timestamp, limit), callback::done);
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
        return engine.future(history.interval(interval, direction, limit));
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
        engine.call(history.interval(interval, direction, limit), callback::done);
    }

    /**
     * The newest messages of one kind.
     *
     * @param messageType as in {@link AVIMMessageType#type()}
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessagesByType(int messageType, int limit) {
        return engine.future(history.ofType(messageType, limit));
    }

    /**
     * The newest messages of one kind.
     *
     * @param messageType as in {@link AVIMMessageType#type()}
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessagesByType(int messageType, int limit, AVIMMessagesQueryCallback callback) {
        engine.call(history.ofType(messageType, limit), callback::done);
    }

    /**
     * The newest messages, whatever the cache has.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessagesFromServer(int limit) {
        return engine.future(history.latestFromServer(limit));
    }

    /**
     * The newest messages, whatever the cache has.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     * @param callback is given them, oldest first
     */
    public void queryMessagesFromServer(int limit, AVIMMessagesQueryCallback callback) {
        engine.call(history.latestFromServer(limit), callback::done);
    }

    /**
     * The newest messages that the cache has, whether or not there are newer ones at the server.
     *
     * @param limit how many at most
     * @return oldest first
     */
    public CompletableFuture<List<AVIMMessage>> queryMessagesFromCache(int limit) {
        return engine.future(history.latestFromCache(limit));
    }

    /**
     * The newest messages that the cache has, whether or not there are newer ones at the server.
     *
     * @param limit how many at most
     * @param callback is given them, oldest first
     */
    public void queryMessagesFromCache(int limit, AVIMMessagesQueryCallback callback) {
        engine.call(history.latestFromCache(limit), callback::done);
    }

    // ---- members

    /**
     * Becomes a member, or enters the chat room.
     *
     * @return done when the server has done it
     */
    public CompletableFuture<Void> join() {
        return engine.future(membership.join());
    }

    /**
     * Becomes a member, or enters the chat room.
     *
     * @param callback is told when it is done
     */
    public void join(AVIMConversationCallback callback) {
        engine.call(membership.join(), (done, e) -> callback.done(e));
    }

    /**
     * Is no member any longer, or leaves the chat room.
     *
     * @return done when the server has done it
     */
    public CompletableFuture<Void> quit() {
        return engine.future(membership.quit());
    }

    /**
     * Is no member any longer, or leaves the chat room.
     *
     * @param callback is told when it is done
     */
    public void quit(AVIMConversationCallback callback) {
        engine.call(membership.quit(), (done, e) -> callback.done(e));
    }

    /**
     * Adds members. Those who are in it already stay.
     *
     * @param members client ids
     * @return for whom it was done; an error when for nobody
     */
    public CompletableFuture<AVIMPartialResult> addMembers(List<String> members) {
        return engine.future(membership.add(members));
    }

    /**
     * Adds members. Those who are in it already stay.
     *
     * @param members client ids
     * @param callback is told when it is done; with an error when somebody was refused
     */
    public void addMembers(List<String> members, AVIMConversationCallback callback) {
        engine.call(membership.add(members), (result, e) -> callback.done(e != null ? e : firstFailure(result)));
    }

    /**
     * Removes members.
     *
     * @param members client ids
     * @return for whom it was done; an error when for nobody
     */
    public CompletableFuture<AVIMPartialResult> kickMembers(List<String> members) {
        return engine.future(membership.remove(members));
    }

    /**
     * Removes members.
     *
     * @param members client ids
     * @param callback is told when it is done; with an error when somebody was refused
     */
    public void kickMembers(List<String> members, AVIMConversationCallback callback) {
        engine.call(membership.remove(members), (result, e) -> callback.done(e != null ? e : firstFailure(result)));
    }

    /**
     * How many members there are; in a chat room, how many are there now.
     *
     * @return as the server counts now
     */
    public CompletableFuture<Integer> getMemberCount() {
        return engine.future(membership.count());
    }

    /**
     * How many members there are; in a chat room, how many are there now.
     *
     * @param callback is given the number
     */
    public void getMemberCount(AVIMConversationMemberCountCallback callback) {
        engine.call(membership.count(), callback::done);
    }

    /**
     * Who is in the chat room now: some of them.
     *
     * @return client ids
     */
    public CompletableFuture<List<String>> getOnlineMembers() {
        return engine.future(membership.online());
    }

    /**
     * Who is in the chat room now: some of them.
     *
     * @param callback is given their ids
     */
    public void getOnlineMembers(AVIMConversationSimpleResultCallback callback) {
        engine.call(membership.online(), callback::done);
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
        return engine.future(changes.send());
    }

    /**
     * Sends changed name and attributes.
     *
     * @param callback is told when it is done
     */
    public void updateInfoInBackground(AVIMConversationCallback callback) {
        engine.call(changes.send(), (done, e) -> callback.done(e));
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

    // ---- for the other classes of the SDK

    ConversationCalls calls() {
        return calls;
    }

    HistoryCalls history() {
        return history;
    }

    ConversationState state() {
        return state;
    }

    @Override
    public String toString() {
        return "AVIMConversation " + getConversationId();
    }
}
