package io.parley.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;

/// How JSON values of documents compare: numbers, texts, booleans, dates. A date is `{"__type":"Date","iso":...}`, or a
/// bare ISO text where it meets one (`createdAt` and `updatedAt`). Source: rest 5.1.
public final class JsonOrder {
    private JsonOrder() {}

    /// Empty when the values are of different kinds and so have no order.
    public static Optional<Integer> compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber())
            return Optional.of(left.decimalValue().compareTo(right.decimalValue()));
        if (isDate(left) || isDate(right)) {
            Optional<Instant> leftTime = time(left);
            Optional<Instant> rightTime = time(right);
            if (leftTime.isEmpty() || rightTime.isEmpty()) return Optional.empty();
            return Optional.of(leftTime.get().compareTo(rightTime.get()));
        }
        if (left.isTextual() && right.isTextual())
            return Optional.of(left.textValue().compareTo(right.textValue()));
        if (left.isBoolean() && right.isBoolean())
            return Optional.of(Boolean.compare(left.booleanValue(), right.booleanValue()));
        return Optional.empty();
    }

    private static boolean isDate(JsonNode value) {
        return value.path("__type").asText("").equals("Date");
    }

    private static Optional<Instant> time(JsonNode value) {
        String text = isDate(value) ? value.path("iso").asText("") : value.asText("");
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// For sorting: a missing value is smaller than every other, so that `-lm` puts rows without messages last.
    public static int forSorting(JsonNode left, JsonNode right) {
        boolean leftMissing = left.isMissingNode() || left.isNull();
        boolean rightMissing = right.isMissingNode() || right.isNull();
        if (leftMissing || rightMissing) return Boolean.compare(rightMissing, leftMissing);
        return compare(left, right).orElseGet(() -> left.toString().compareTo(right.toString()));
    }

    /// The order that a list such as `-lm,createdAt` asks for; a leading `-` means descending. A key may reach into
    /// objects with dots.
    public static Comparator<JsonNode> by(String keys) {
        Comparator<JsonNode> order = (_, _) -> 0;
        for (String key : keys.split(",")) {
            String name = key.strip();
            if (name.isEmpty()) continue;
            boolean descending = name.startsWith("-");
            String[] path = (descending || name.startsWith("+") ? name.substring(1) : name).split("\\.", -1);
            Comparator<JsonNode> byKey = (left, right) -> forSorting(at(left, path), at(right, path));
            order = order.thenComparing(descending ? byKey.reversed() : byKey);
        }
        return order;
    }

    private static JsonNode at(JsonNode document, String[] path) {
        JsonNode value = document;
        for (String part : path) value = value.path(part);
        return value;
    }
}
