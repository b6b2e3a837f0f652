package io.parley.client;

import io.parley.client.internal.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message whose content is JSON of a kind. Make own kinds by a subclass with {@link AVIMMessageType} and a constructor
 * without parameters, whose fields have {@link AVIMMessageField}, and register it by
 * {@link AVIMMessageManager#registerAVIMMessageType}.
 */
public abstract class AVIMTypedMessage extends AVIMMessage {
    /** What another application wrote beside the fields of this class: kept when the message is sent on. */
    private Map<String, Object> others = new LinkedHashMap<>();

    /** An empty message of the kind that the class says. */
    protected AVIMTypedMessage() {}

    /**
     * The number of the kind.
     *
     * @return see {@link AVIMMessageType} and {@link AVIMReservedMessageType}; 0 when the class has none
     */
    public final int getMessageType() {
        return TypedFields.typeOf(getClass());
    }

    /** {@inheritDoc} It is made of the fields, as JSON. */
    @Override
    public String getContent() {
        return Json.write(TypedFields.write(this, others));
    }

    /** {@inheritDoc} The fields are read from it. */
    @Override
    public void setContent(String content) {
        others = TypedFields.read(this, Json.object(content));
    }
}
