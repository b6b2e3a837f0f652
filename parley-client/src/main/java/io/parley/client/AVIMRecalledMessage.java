package io.parley.client;

/** What is left of a message that its sender recalled. */
@AVIMMessageType(type = AVIMMessageType.RECALLED_MESSAGE_TYPE)
public final class AVIMRecalledMessage extends AVIMTypedMessage {
    /** Made by the SDK. */
    public AVIMRecalledMessage() {}
}
