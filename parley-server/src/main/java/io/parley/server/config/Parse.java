package io.parley.server.config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text to values. An [IllegalArgumentException] says what is allowed.
public final class Parse {
    private static final Pattern DURATION = Pattern.compile("([0-9]+)\\s*(ms|s|m|h|d)");

    private Parse() {}

    static int port(String text) {
        return number(text, 0, 65535);
    }

    static int number(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(range(least, most), e);
        }
        throw new IllegalArgumentException(range(least, most));
    }

    private static String range(int least, int most) {
        return "must be a whole number from " + least + (most == Integer.MAX_VALUE ? "" : " to " + most);
    }

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    /// Separated by commas.
    static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /// The constant of an enum, in any case and with `-` for `_`.
    static Object oneOf(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants())
            if (((Enum<?>) constant).name().equalsIgnoreCase(text.strip().replace('-', '_'))) return constant;
        throw new IllegalArgumentException("must be one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    /// Such as `500ms`, `10s` or `7d`.
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) return isoDuration(text);
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Duration isoDuration(String text) {
        try {
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative()) return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a time with its unit, such as 500ms, 10s, 5m, 2h or 7d", e);
        }
        throw new IllegalArgumentException("must not be negative");
    }

    /// An address that clients can use: scheme http or https, a host, no query.
    static URI publicUrl(String text) {
        URI url;
        try {
            url = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PUBLIC_URL, e);
        }
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null)
            throw new IllegalArgumentException(PUBLIC_URL);
        return url;
    }

    private static final String PUBLIC_URL = "must be an address such as https://chat.example.com";

    static String text(String text) {
        if (text.isBlank()) throw new IllegalArgumentException("must not be empty");
        return text.strip();
    }
}
