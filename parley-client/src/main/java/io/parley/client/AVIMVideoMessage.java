package io.parley.client;

import java.io.File;
import java.io.IOException;

/** A video, in a file that the message leads to. */
@AVIMMessageType(type = AVIMMessageType.VIDEO_MESSAGE_TYPE)
public class AVIMVideoMessage extends AVIMFileMessage {
    /** An empty message. */
    public AVIMVideoMessage() {}

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localPath where the file is
     * @throws IOException when there is none
     */
    public AVIMVideoMessage(String localPath) throws IOException {
        super(localPath);
    }

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localFile where the file is
     * @throws IOException when there is none
     */
    public AVIMVideoMessage(File localFile) throws IOException {
        super(localFile);
    }

    /**
     * A message with a file, which is uploaded when the message is sent, if it is not anywhere yet.
     *
     * @param file the file
     */
    public AVIMVideoMessage(AVFile file) {
        super(file);
    }

    /**
     * How long the video lasts.
     *
     * @return seconds; 0 when the sender did not tell
     */
    public double getDuration() {
        return number("duration");
    }

    /**
     * How wide the video is.
     *
     * @return pixels; 0 when the sender did not tell
     */
    public int getWidth() {
        return (int) number("width");
    }

    /**
     * How high the video is.
     *
     * @return pixels; 0 when the sender did not tell
     */
    public int getHeight() {
        return (int) number("height");
    }
}
