package io.parley.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a class of messages the number that tells it from other kinds. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AVIMMessageType {
    /** The number of texts. */
    int TEXT_MESSAGE_TYPE = -1;

    /** The number of images. */
    int IMAGE_MESSAGE_TYPE = -2;

    /** The number of audio messages. */
    int AUDIO_MESSAGE_TYPE = -3;

    /** The number of videos. */
    int VIDEO_MESSAGE_TYPE = -4;

    /** The number of locations. */
    int LOCATION_MESSAGE_TYPE = -5;

    /** The number of files of any kind. */
    int FILE_MESSAGE_TYPE = -6;

    /** The number that is left when a message was recalled. */
    int RECALLED_MESSAGE_TYPE = -127;

    /**
     * The number: positive for the application's own kinds. Negative ones are reserved.
     *
     * @return the number, {@code _lctype} in JSON
     */
    int type();
}
