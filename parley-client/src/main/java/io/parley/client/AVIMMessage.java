package io.parley.client;

import io.parley.client.internal.StoredMessage;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message: content of any text format, and what the server knows of it. Kinds with a structure are
 * {@link AVIMTypedMessage}s.
 *
 * <p>Fill a message on one thread, then send it; the SDK writes id, time and status before it calls back.
 */
public class AVIMMessage {
    /** Where a message is on its way. */
    public enum AVIMMessageStatus {
        /** Not sent. */
        AVIMMessageStatusNone,
        /** On its way to the server. */
        AVIMMessageStatusSending,
        /** The server has it. */
        AVIMMessageStatusSent,
        /** It was delivered, as a receipt tells. */
        AVIMMessageStatusReceipt,
        /** It could not be sent. Sending the same object again does not make a second message. */
        AVIMMessageStatusFailed,
        /** It was recalled. */
        AVIMMessageStatusRecalled
    }

    /** Who sent a message. */
    public enum AVIMMessageIOType {
        /** Another client. */
        AVIMMessageIOTypeIn,
        /** This client, perhaps on another device. */
        AVIMMessageIOTypeOut
    }

    private volatile String content = "";
    private volatile String conversationId = "";
    private volatile String from = "";
    private volatile String messageId = "";
    private volatile long timestamp;
    private volatile long deliveredAt;
    private volatile long readAt;
    private volatile long updatedAt;
    private volatile List<String> mentions = List.of();
    private volatile boolean mentionsAll;
    private volatile boolean isTransient;
    private volatile AVIMMessageStatus status = AVIMMessageStatus.AVIMMessageStatusNone;
    private volatile AVIMMessageIOType ioType = AVIMMessageIOType.AVIMMessageIOTypeOut;

    /** Marks this sending: the server stores one message per token, however often it arrives. */
    private volatile @Nullable String token;

    /** A message without content. */
    public AVIMMessage() {}

    /**
     * A message to be sent.
     *
     * @param content text of any format
     */
    public AVIMMessage(String content) {
        this.content = content;
    }

    /**
     * The content as it travels.
     *
     * @return text, at most 5 KB
     */
    public String getContent() {
        return content;
    }

    /**
     * Replaces the content.
     *
     * @param content text, at most 5 KB
     */
    public void setContent(String content) {
        this.content = content;
    }

    /**
     * The sender.
     *
     * @return a client id
     */
    public String getFrom() {
        return from;
    }

    /**
     * The conversation that the message belongs to.
     *
     * @return empty before the message is sent
     */
    public String getConversationId() {
        return conversationId;
    }

    /**
     * The id that the server gave.
     *
     * @return unique in the conversation; empty before the message is sent
     */
    public String getMessageId() {
        return messageId;
    }

    /**
     * When the server got the message.
     *
     * @return milliseconds since the epoch; 0 before
     */
    public long getTimestamp() {
        return timestamp;
    }

    /**
     * When the message was delivered, for messages that were sent with the wish for a receipt.
     *
     * @return milliseconds since the epoch; 0 if that is not known
     */
    public long getReceiptTimestamp() {
        return deliveredAt;
    }

    /**
     * The same as {@link #getReceiptTimestamp()}, under its later name.
     *
     * @return milliseconds since the epoch; 0 if that is not known
     */
    public long getDeliveredAt() {
        return deliveredAt;
    }

    /**
     * When the message was read, for messages that were sent with the wish for a receipt.
     *
     * @return milliseconds since the epoch; 0 if that is not known
     */
    public long getReadAt() {
        return readAt;
    }

    /**
     * When the message was last edited or recalled.
     *
     * @return milliseconds since the epoch; 0 if it never was
     */
    public long getUpdateAt() {
        return updatedAt;
    }

    /**
     * Whether the message was edited or recalled.
     *
     * @return true if it was
     */
    public boolean isUpdated() {
        return updatedAt > 0;
    }

    /**
     * When the message was last edited or recalled, as a date.
     *
     * @return null if it never was
     */
    @SuppressWarnings("JavaUtilDate") // as the guide has it
    public @Nullable Date getUpdateDate() {
        return updatedAt == 0 ? null : new Date(updatedAt);
    }

    /**
     * Whether the message is for now only, and not stored.
     *
     * @return true if it is
     */
    public boolean isTransient() {
        return isTransient;
    }

    /**
     * Where the message is on its way.
     *
     * @return the state of now
     */
    public AVIMMessageStatus getMessageStatus() {
        return status;
    }

    /**
     * Whether this client or another one sent the message.
     *
     * @return the direction
     */
    public AVIMMessageIOType getMessageIOType() {
        return ioType;
    }

    /**
     * The members that the message mentions by name.
     *
     * @return client ids
     */
    public List<String> getMentionList() {
        return mentions;
    }

    /**
     * Mentions members; they are told by {@link AVIMConversation#unreadMessagesMentioned()}.
     *
     * @param clientIds members of the conversation
     */
    public void setMentionList(List<String> clientIds) {
        mentions = List.copyOf(clientIds);
    }

    /**
     * Mentions more members.
     *
     * @param clientIds members of the conversation
     */
    public void addMentionList(List<String> clientIds) {
        List<String> all = new ArrayList<>(mentions);
        all.addAll(clientIds);
        mentions = List.copyOf(all);
    }

    /**
     * Whether the message mentions everybody.
     *
     * @return true if it does
     */
    public boolean isMentionAll() {
        return mentionsAll;
    }

    /**
     * Mentions everybody in the conversation.
     *
     * @param all true to do so
     */
    public void setMentionAll(boolean all) {
        mentionsAll = all;
    }

    /**
     * Whether a client is mentioned, by name or with all.
     *
     * @param clientId a client
     * @return true if it is
     */
    public boolean isMentioned(String clientId) {
        return mentionsAll || mentions.contains(clientId);
    }

    // ---- written by the SDK

    String sendToken() {
        String known = token;
        if (known == null) token = known = UUID.randomUUID().toString();
        return known;
    }

    void sending(String conversation, String sender, boolean transientMessage) {
        conversationId = conversation;
        from = sender;
        ioType = AVIMMessageIOType.AVIMMessageIOTypeOut;
        isTransient = transientMessage;
        status = AVIMMessageStatus.AVIMMessageStatusSending;
    }

    void sent(String id, long time) {
        messageId = id;
        timestamp = time;
        status = AVIMMessageStatus.AVIMMessageStatusSent;
        token = null;
    }

    void failed() {
        status = AVIMMessageStatus.AVIMMessageStatusFailed;
    }

    void delivered(long time) {
        if (deliveredAt == 0) deliveredAt = time;
        if (status == AVIMMessageStatus.AVIMMessageStatusSent) status = AVIMMessageStatus.AVIMMessageStatusReceipt;
    }

    void read(long time) {
        delivered(time);
        if (readAt == 0) readAt = time;
    }

    /** Takes over what the server knows, the content excepted. */
    void know(StoredMessage stored, String self) {
        conversationId = stored.conversation();
        from = stored.from();
        messageId = stored.id();
        timestamp = stored.timestamp();
        deliveredAt = stored.ackAt();
        readAt = stored.readAt();
        updatedAt = stored.patchTimestamp();
        mentions = stored.mentions();
        mentionsAll = stored.mentionsAll();
        isTransient = stored.isTransient();
        ioType = from.equals(self) ? AVIMMessageIOType.AVIMMessageIOTypeOut : AVIMMessageIOType.AVIMMessageIOTypeIn;
        status = deliveredAt > 0 ? AVIMMessageStatus.AVIMMessageStatusReceipt : AVIMMessageStatus.AVIMMessageStatusSent;
    }

    /** This message was edited by another object, or is the edited one. */
    void edited(AVIMMessage original, long time) {
        conversationId = original.conversationId;
        from = original.from;
        messageId = original.messageId;
        timestamp = original.timestamp;
        ioType = original.ioType;
        status = AVIMMessageStatus.AVIMMessageStatusSent;
        updatedAt = time;
    }

    void recalled() {
        status = AVIMMessageStatus.AVIMMessageStatusRecalled;
    }

    /** As the server keeps it. */
    StoredMessage stored() {
        return StoredMessage.builder(conversationId, messageId, from, timestamp)
                .content(getContent())
                .patched(updatedAt)
                .mentions(mentions, mentionsAll)
                .received(deliveredAt, readAt)
                .build();
    }

    /** Two objects are equal when they stand for the same message of the server. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) return true;
        if (!(other instanceof AVIMMessage) || messageId.isEmpty()) return false;
        AVIMMessage that = (AVIMMessage) other;
        return messageId.equals(that.messageId) && conversationId.equals(that.conversationId);
    }

    @Override
    public int hashCode() {
        return messageId.isEmpty() ? System.identityHashCode(this) : messageId.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + messageId + " of " + from + " in " + conversationId;
    }
}
