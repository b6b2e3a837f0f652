package io.parley.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place. */
@AVIMMessageType(type = AVIMMessageType.LOCATION_MESSAGE_TYPE)
public class AVIMLocationMessage extends AVIMTypedMessage {
    @AVIMMessageField(name = "_lcloc")
    private Map<String, Object> place = new LinkedHashMap<>();

    @AVIMMessageField(name = "_lctext")
    private @Nullable String text;

    @AVIMMessageField(name = "_lcattrs")
    private Map<String, Object> attributes = new LinkedHashMap<>();

    /** A message without a place. */
    public AVIMLocationMessage() {}

    /**
     * A place to be sent.
     *
     * @param latitude -90 (south) to 90 (north)
     * @param longitude -180 (west) to 180 (east)
     */
    public AVIMLocationMessage(double latitude, double longitude) {
        this(new AVGeoPoint(latitude, longitude));
    }

    /**
     * A place to be sent.
     *
     * @param location where it is
     */
    public AVIMLocationMessage(AVGeoPoint location) {
        setLocation(location);
    }

    /**
     * The place.
     *
     * @return null when the sender gave none on earth
     */
    public @Nullable AVGeoPoint getLocation() {
        Object latitude = place.get("latitude");
        Object longitude = place.get("longitude");
        if (!(latitude instanceof Number) || !(longitude instanceof Number)) return null;
        try {
            return new AVGeoPoint(((Number) latitude).doubleValue(), ((Number) longitude).doubleValue());
        } catch (IllegalArgumentException e) {
            return null; // swapped by the sender, as some examples of that time had it
        }
    }

    /**
     * Replaces the place.
     *
     * @param location where it is
     */
    public final void setLocation(AVGeoPoint location) {
        place = new LinkedHashMap<>();
        place.put("latitude", location.getLatitude());
        place.put("longitude", location.getLongitude());
    }

    /**
     * Words that go with the place.
     *
     * @return empty when there are none
     */
    public String getText() {
        return text == null ? "" : text;
    }

    /**
     * Adds words.
     *
     * @param text what to say about the place
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
