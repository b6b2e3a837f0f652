package io.parley.client;

/** A place on earth, in degrees. Immutable. */
public final class AVGeoPoint {
    private final double latitude;
    private final double longitude;

    /**
     * A place.
     *
     * @param latitude -90 (south) to 90 (north)
     * @param longitude -180 (west) to 180 (east)
     * @throws IllegalArgumentException when a number is out of its range
     */
    public AVGeoPoint(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90)) throw new IllegalArgumentException("latitude " + latitude);
        if (!(Math.abs(longitude) <= 180)) throw new IllegalArgumentException("longitude " + longitude);
        this.latitude = latitude;
        this.longitude = longitude;
    }

    /**
     * How far north.
     *
     * @return degrees
     */
    public double getLatitude() {
        return latitude;
    }

    /**
     * How far east.
     *
     * @return degrees
     */
    public double getLongitude() {
        return longitude;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AVGeoPoint
                && ((AVGeoPoint) other).latitude == latitude
                && ((AVGeoPoint) other).longitude == longitude;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(latitude) * 31 + Double.hashCode(longitude);
    }

    @Override
    public String toString() {
        return latitude + "," + longitude;
    }
}
