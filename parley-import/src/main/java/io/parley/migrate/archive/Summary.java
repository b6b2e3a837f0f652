package io.parley.migrate.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What an archive holds, in lines for a person.
public final class Summary {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private Summary() {}

    public static List<String> of(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        manifest.sets().forEach((name, set) -> lines.add(line(name, set)));
        return lines;
    }

    private static String line(SetName name, SetInfo set) {
        long bytes = set.parts().stream().mapToLong(Part::size).sum();
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "  %-32s %,12d lines %,12d KB", name, set.lines(), (bytes + 1023) / 1024));
        if (set.to() != 0)
            line.append("  ").append(day(set.from())).append(" to ").append(day(set.to()));
        if (!set.complete()) line.append("  (not complete)");
        return line.toString();
    }

    private static String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(millis));
    }
}
