package io.parley.outbound;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How long a server wants to be left alone. Source: RFC 9110 section 10.2.3; FCM asks for it to be heeded
/// (firebase.google.com/docs/cloud-messaging/scale-fcm).
final class RetryAfter {
    private static final Set<Integer> STATUSES = Set.of(429, 503);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /// Zero when it does not say, or nothing that makes sense. A time of day counts from the `Date` of the same answer,
    /// so that no clock has to be right.
    static Duration of(int status, HttpHeaders headers) {
        if (!STATUSES.contains(status)) return Duration.ZERO;
        String text = headers.firstValue("Retry-After").orElse("").strip();
        if (SECONDS.matcher(text).matches()) return Duration.ofSeconds(Long.parseLong(text));
        Optional<ZonedDateTime> until = time(text);
        Optional<ZonedDateTime> now = time(headers.firstValue("Date").orElse("").strip());
        if (until.isEmpty() || now.isEmpty() || until.get().isBefore(now.get())) return Duration.ZERO;
        return Duration.between(now.get(), until.get());
    }

    private static Optional<ZonedDateTime> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty(); // absent, or in a form of the last century
        }
    }
}
