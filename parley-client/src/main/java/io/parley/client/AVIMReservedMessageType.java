package io.parley.client;

/** The kinds of messages that every SDK knows, for use in a {@code switch}. */
public enum AVIMReservedMessageType {
    /** {@link AVIMTextMessage}. */
    TextMessageType(AVIMMessageType.TEXT_MESSAGE_TYPE),
    /** {@link AVIMImageMessage}. */
    ImageMessageType(AVIMMessageType.IMAGE_MESSAGE_TYPE),
    /** {@link AVIMAudioMessage}. */
    AudioMessageType(AVIMMessageType.AUDIO_MESSAGE_TYPE),
    /** {@link AVIMVideoMessage}. */
    VideoMessageType(AVIMMessageType.VIDEO_MESSAGE_TYPE),
    /** {@link AVIMLocationMessage}. */
    LocationMessageType(AVIMMessageType.LOCATION_MESSAGE_TYPE),
    /** {@link AVIMFileMessage}. */
    FileMessageType(AVIMMessageType.FILE_MESSAGE_TYPE),
    /** {@link AVIMRecalledMessage}. */
    RecalledMessageType(AVIMMessageType.RECALLED_MESSAGE_TYPE),
    /** A kind of the application's own. */
    UnsupportedMessageType(0);

    private final int type;

    AVIMReservedMessageType(int type) {
        this.type = type;
    }

    /**
     * The number of the kind.
     *
     * @return as in {@link AVIMMessageType#type()}
     */
    public int getType() {
        return type;
    }

    /**
     * The kind with that number.
     *
     * @param type as {@link AVIMTypedMessage#getMessageType()} gives it
     * @return {@link #UnsupportedMessageType} for numbers of the application's own
     */
    public static AVIMReservedMessageType getAVIMReservedMessageType(int type) {
        for (AVIMReservedMessageType known : values()) if (known.type == type) return known;
        return UnsupportedMessageType;
    }
}
