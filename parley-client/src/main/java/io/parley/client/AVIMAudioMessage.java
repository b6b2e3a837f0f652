package io.parley.client;

import java.io.File;
import java.io.IOException;

/** A sound, in a file that the message leads to. */
@AVIMMessageType(type = AVIMMessageType.AUDIO_MESSAGE_TYPE)
public class AVIMAudioMessage extends AVIMFileMessage {
    /** An empty message. */
    public AVIMAudioMessage() {}

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localPath where the file is
     * @throws IOException when there is none
     */
    public AVIMAudioMessage(String localPath) throws IOException {
        super(localPath);
    }

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localFile where the file is
     * @throws IOException when there is none
     */
    public AVIMAudioMessage(File localFile) throws IOException {
        super(localFile);
    }

    /**
     * A message with a file, which is uploaded when the message is sent, if it is not anywhere yet.
     *
     * @param file the file
     */
    public AVIMAudioMessage(AVFile file) {
        super(file);
    }

    /**
     * How long the audio lasts.
     *
     * @return seconds; 0 when the sender did not tell
     */
    public double getDuration() {
        return number("duration");
    }
}
