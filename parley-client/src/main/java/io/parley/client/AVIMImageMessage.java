package io.parley.client;

import java.io.File;
import java.io.IOException;

/** An image, in a file that the message leads to. */
@AVIMMessageType(type = AVIMMessageType.IMAGE_MESSAGE_TYPE)
public class AVIMImageMessage extends AVIMFileMessage {
    /** An empty message. */
    public AVIMImageMessage() {}

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localPath where the file is
     * @throws IOException when there is none
     */
    public AVIMImageMessage(String localPath) throws IOException {
        super(localPath);
    }

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localFile where the file is
     * @throws IOException when there is none
     */
    public AVIMImageMessage(File localFile) throws IOException {
        super(localFile);
    }

    /**
     * A message with a file, which is uploaded when the message is sent, if it is not anywhere yet.
     *
     * @param file the file
     */
    public AVIMImageMessage(AVFile file) {
        super(file);
    }

    /**
     * How wide the image is.
     *
     * @return pixels; 0 when the sender did not tell
     */
    public int getWidth() {
        return (int) number("width");
    }

    /**
     * How high the image is.
     *
     * @return pixels; 0 when the sender did not tell
     */
    public int getHeight() {
        return (int) number("height");
    }
}
