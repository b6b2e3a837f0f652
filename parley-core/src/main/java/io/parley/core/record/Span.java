package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Position;
import io.parley.core.record.RecordStore.Walk;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The part of a walk in which rows can match, as far as a condition names a range of times or ids. Every row is
/// still tested: a span only leaves out those that cannot match.
///
/// @param end the last position, in the direction of the walk; absent: the walk goes to its end
record Span(Walk walk, Optional<Position> end) {
    /// Behind all ids of a time.
    private static final String AFTER_ALL = "\uFFFF";

    private static final long MILLISECOND = 1;
    private static final int ISO_LENGTH = "2026-01-01T00:00:00.000Z".length();

    /// Some thousand years, in seconds.
    private static final long FAR_AWAY = 100_000_000_000L;

    private static final Pattern ASCII = Pattern.compile("[!-~]+");

    /// The span of this walk.
    static Span of(ObjectNode where, Walk walk) {
        JsonNode condition = where.path(column(walk.by()));
        if (walk.by() == By.ID) {
            Optional<Position> from =
                    id(condition, "$gt").or(() -> id(condition, "$gte").map(Span::before));
            Optional<Position> to = id(condition, "$lte").or(() -> id(condition, "$lt"));
            return span(walk, from, to, to.map(Span::behind));
        }
        Optional<Instant> least = time(condition, "$gte").or(() -> time(condition, "$gt"));
        Optional<Instant> most = time(condition, "$lte").or(() -> time(condition, "$lt"));
        return span(
                walk,
                least.map(time -> new Position(time.minusMillis(MILLISECOND), AFTER_ALL)),
                most.map(time -> new Position(time, AFTER_ALL)),
                most.map(time -> new Position(time.plusMillis(MILLISECOND), "")));
    }

    /// The span of a walk by times when the condition names some, else all rows.
    static Span narrowest(ObjectNode where) {
        for (By by : new By[] {By.CREATED, By.UPDATED, By.ID}) {
            Span span = of(where, new Walk(by, false, Optional.empty()));
            if (span.walk.after().isPresent() || span.end.isPresent()) return span;
        }
        return new Span(Walk.ALL, Optional.empty());
    }

    /// @param from the first row comes behind it
    /// @param to the last row comes no further
    /// @param behind where a walk down begins
    private static Span span(Walk walk, Optional<Position> from, Optional<Position> to, Optional<Position> behind) {
        return walk.descending()
                ? new Span(new Walk(walk.by(), true, behind), from)
                : new Span(new Walk(walk.by(), false, from), to);
    }

    private static String column(By by) {
        return switch (by) {
            case ID -> "objectId";
            case CREATED -> "createdAt";
            case UPDATED -> "updatedAt";
        };
    }

    private static Optional<Position> id(JsonNode condition, String operator) {
        JsonNode value = condition.path(operator);
        // Stores and Java order other characters differently.
        return value.isTextual() && ASCII.matcher(value.textValue()).matches()
                ? Optional.of(new Position(Instant.EPOCH, value.textValue()))
                : Optional.empty();
    }

    private static Position before(Position position) {
        return new Position(
                position.time(), position.id().substring(0, position.id().length() - 1));
    }

    private static Position behind(Position position) {
        return new Position(position.time(), position.id() + " ");
    }

    /// A date; or its text, when texts of this form come in the order of their times.
    private static Optional<Instant> time(JsonNode condition, String operator) {
        JsonNode value = condition.path(operator);
        boolean ordered = value.isTextual() && value.textValue().length() == ISO_LENGTH;
        try {
            return Optional.of(ordered ? value.textValue() : value.path("iso").asText(""))
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse)
                    .filter(time -> Math.abs(time.getEpochSecond()) < FAR_AWAY);
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    boolean endsBefore(Row row) {
        if (end.isEmpty()) return false;
        int compared = walk.by() == By.ID
                ? row.id().compareTo(end.get().id())
                : time(row).compareTo(end.get().time());
        return walk.descending() ? compared < 0 : compared > 0;
    }

    private Instant time(Row row) {
        return walk.by() == By.CREATED ? row.createdAt() : row.updatedAt();
    }
}
