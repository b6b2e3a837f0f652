package io.parley.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** A text. */
@AVIMMessageType(type = AVIMMessageType.TEXT_MESSAGE_TYPE)
public class AVIMTextMessage extends AVIMTypedMessage {
    @AVIMMessageField(name = "_lctext")
    private String text = "";

    @AVIMMessageField(name = "_lcattrs")
    private Map<String, Object> attributes = new LinkedHashMap<>();

    /** An empty text. */
    public AVIMTextMessage() {}

    /**
     * A text to be sent.
     *
     * @param text what to say
     */
    public AVIMTextMessage(String text) {
        this.text = text;
    }

    /**
     * What is said.
     *
     * @return the text
     */
    public String getText() {
        return text;
    }

    /**
     * Replaces the text.
     *
     * @param text what to say
     */
    public void setText(String text) {
        this.text = text;
    }

    /**
     * Attributes of the application's own.
     *
     * @return empty when there are none
     */
    public Map<String, Object> getAttrs() {
        return attributes;
    }

    /**
     * Replaces the attributes.
     *
     * @param attributes of the application's own
     */
    public void setAttrs(Map<String, Object> attributes) {
        this.attributes = new LinkedHashMap<>(attributes);
    }
}
