package io.parley.client.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times of documents: UTC, three digits of a second, as every SDK expects. Source: protocol 0.2. */
public final class Iso {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Iso() {}

    /** @param millis since the epoch */
    public static String format(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }

    /** Milliseconds since the epoch of a text, a date object or a number; 0 if it is none of them. */
    public static long millis(@Nullable Object value) {
        if (value instanceof Number) return ((Number) value).longValue();
        Object text = value instanceof Map ? ((Map<?, ?>) value).get("iso") : value;
        if (!(text instanceof String) || ((String) text).isEmpty()) return 0;
        try {
            return Instant.parse((String) text).toEpochMilli();
        } catch (DateTimeParseException e) {
            return 0; // written by another application
        }
    }
}
