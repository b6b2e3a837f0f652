package io.parley.client;

import io.parley.client.internal.StoredMessage;

/** A message of bytes instead of text. */
public final class AVIMBinaryMessage extends AVIMMessage {
    private volatile byte[] bytes;

    /**
     * A message to be sent.
     *
     * @param bytes at most 5 KB
     */
    public AVIMBinaryMessage(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /**
     * The content.
     *
     * @return a copy
     */
    public byte[] getBytes() {
        return bytes.clone();
    }

    /**
     * Replaces the content.
     *
     * @param bytes at most 5 KB
     */
    public void setBytes(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    StoredMessage stored() {
        return super.stored().withBytes(bytes);
    }
}
