package io.parley.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// A place on earth, in degrees. Source: rest 5.1.
public record GeoPoint(double latitude, double longitude) {
    static final double EARTH_KILOMETERS = 6371.0;
    static final double EARTH_MILES = 3958.8;

    /// Empty when the value is none.
    public static Optional<GeoPoint> of(JsonNode value) {
        if (!value.path("__type").asText("").equals("GeoPoint")) return Optional.empty();
        JsonNode latitude = value.path("latitude");
        JsonNode longitude = value.path("longitude");
        if (!latitude.isNumber() || !longitude.isNumber()) return Optional.empty();
        var point = new GeoPoint(latitude.doubleValue(), longitude.doubleValue());
        return point.exists() ? Optional.of(point) : Optional.empty();
    }

    private boolean exists() {
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }

    /// The angle seen from the centre of the earth.
    public double radiansTo(GeoPoint other) {
        double fromLatitude = Math.toRadians(latitude);
        double toLatitude = Math.toRadians(other.latitude);
        double height = Math.sin((toLatitude - fromLatitude) / 2);
        double width = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double chord = height * height + Math.cos(fromLatitude) * Math.cos(toLatitude) * width * width;
        return 2 * Math.asin(Math.min(1, Math.sqrt(chord)));
    }

    boolean isBetween(GeoPoint southWest, GeoPoint northEast) {
        return latitude >= southWest.latitude
                && latitude <= northEast.latitude
                && longitude >= southWest.longitude
                && longitude <= northEast.longitude;
    }
}
