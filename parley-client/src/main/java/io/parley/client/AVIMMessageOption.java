package io.parley.client;

import io.parley.client.internal.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a message is to be sent. Not thread-safe. */
public final class AVIMMessageOption {
    /** How urgent a message in a chat room is; the server drops those of low priority first. */
    public enum MessagePriority {
        /** Never dropped before others. */
        High(1),
        /** What messages are that say nothing else. */
        Normal(2),
        /** First to be dropped in a busy room. */
        Low(3);

        private final int number;

        MessagePriority(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    private boolean receipt;
    private boolean isTransient;
    private boolean will;
    private int priority;
    private String pushData = "";
    private @Nullable ProgressCallback uploadProgress;

    /** An ordinary message. */
    public AVIMMessageOption() {}

    /**
     * Whether the sender wants to be told of the delivery.
     *
     * @return false unless set
     */
    public boolean isReceipt() {
        return receipt;
    }

    /**
     * Asks to be told of the delivery, by {@link AVIMMessageHandler#onMessageReceipt}.
     *
     * @param receipt true to ask
     * @return this
     */
    public AVIMMessageOption setReceipt(boolean receipt) {
        this.receipt = receipt;
        return this;
    }

    /**
     * Whether the message is for those who are online now.
     *
     * @return false unless set
     */
    public boolean isTransient() {
        return isTransient;
    }

    /**
     * Sends for now only: not stored, not counted, not delivered later, no push.
     *
     * @param isTransient true for a message of the moment
     * @return this
     */
    public AVIMMessageOption setTransient(boolean isTransient) {
        this.isTransient = isTransient;
        return this;
    }

    /**
     * Whether the message is a will.
     *
     * @return false unless set
     */
    public boolean isWill() {
        return will;
    }

    /**
     * Leaves the message with the server, which delivers it when this client's connection drops.
     *
     * @param will true for a will; the last one counts
     * @return this
     */
    public AVIMMessageOption setWill(boolean will) {
        this.will = will;
        return this;
    }

    /**
     * Sets the priority in a chat room.
     *
     * @param priority how urgent it is
     * @return this
     */
    public AVIMMessageOption setPriority(MessagePriority priority) {
        this.priority = priority.number();
        return this;
    }

    /**
     * What offline members are sent as a push notification for this message.
     *
     * @param pushData as JSON text
     * @return this
     */
    public AVIMMessageOption setPushData(String pushData) {
        this.pushData = pushData;
        return this;
    }

    /**
     * What offline members are sent as a push notification for this message.
     *
     * @param pushData such as {@code alert} and {@code badge}
     * @return this
     */
    public AVIMMessageOption setPushData(Map<String, ?> pushData) {
        return setPushData(Json.write(pushData));
    }

    /**
     * Is told how far the upload is, when the message has a file that must be uploaded first.
     *
     * @param progress is told on the callback executor
     * @return this
     */
    public AVIMMessageOption setUploadProgress(ProgressCallback progress) {
        this.uploadProgress = progress;
        return this;
    }

    @Nullable
    ProgressCallback uploadProgress() {
        return uploadProgress;
    }

    int priority() {
        return priority;
    }

    String pushData() {
        return pushData;
    }
}
