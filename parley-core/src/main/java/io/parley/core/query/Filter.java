package io.parley.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A `where` condition, compiled to a test of documents. Regular expressions run in linear time, whatever a client
/// writes. Immutable and thread-safe. Source: protocol 5.2, rest 5.3.
public final class Filter {
    private static final int MAX_CONDITIONS = 200;

    private final Predicate<JsonNode> test;
    private final Set<String> keys = new HashSet<>();
    private final Rules rules;
    private int conditions;
    private Optional<Comparator<JsonNode>> nearestFirst = Optional.empty();

    /// What differs between those who ask.
    ///
    /// @param malformed the way to refuse a condition that makes no sense
    /// @param absentIsFalse a key that is left out equals `false`, because documents never spell it out
    public record Rules(ErrorCode malformed, boolean absentIsFalse) {
        /// Conversations, whose documents leave out flags that are not set.
        public static final Rules CONVERSATIONS = new Rules(ErrorCode.CONVERSATION_QUERY_FAILED, true);

        public static final Rules RECORDS = new Rules(ErrorCode.INVALID_QUERY, false);
    }

    private Filter(ObjectNode where, Rules rules) {
        this.rules = rules;
        this.test = document(where, 0);
    }

    public static Filter compile(ObjectNode where, Rules rules) {
        return new Filter(where, rules);
    }

    public boolean matches(JsonNode document) {
        return test.test(document);
    }

    /// Whether the condition names a key anywhere.
    public boolean names(String key) {
        return keys.contains(key);
    }

    /// The order that a condition with `$nearSphere` asks for, unless the query names another.
    public Optional<Comparator<JsonNode>> nearestFirst() {
        return nearestFirst;
    }

    private Predicate<JsonNode> document(JsonNode where, int depth) {
        if (!(where instanceof ObjectNode object)) throw malformed("a condition is a JSON object; got %s", where);
        if (depth > 8) throw malformed("conditions are nested deeper than 8 levels");
        List<Predicate<JsonNode>> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (++conditions > MAX_CONDITIONS) throw malformed("more than %d conditions", MAX_CONDITIONS);
            switch (entry.getKey()) {
                case "$and" -> all.add(every(list("$and", entry.getValue(), depth)));
                case "$or" -> all.add(any(list("$or", entry.getValue(), depth)));
                default -> all.add(field(entry.getKey(), entry.getValue()));
            }
        }
        return every(all);
    }

    private List<Predicate<JsonNode>> list(String operator, JsonNode operand, int depth) {
        if (!(operand instanceof ArrayNode array)) throw malformed("%s needs an array; got %s", operator, operand);
        List<Predicate<JsonNode>> conditions = new ArrayList<>();
        for (JsonNode item : array) conditions.add(document(item, depth + 1));
        return conditions;
    }

    private static Predicate<JsonNode> every(List<Predicate<JsonNode>> tests) {
        return value -> {
            for (Predicate<JsonNode> one : tests) if (!one.test(value)) return false;
            return true;
        };
    }

    private static Predicate<JsonNode> any(List<Predicate<JsonNode>> tests) {
        return value -> {
            for (Predicate<JsonNode> one : tests) if (one.test(value)) return true;
            return false;
        };
    }

    private Predicate<JsonNode> field(String key, JsonNode condition) {
        keys.add(key);
        Predicate<JsonNode> ofValue = condition(key, condition);
        String[] path = key.split("\\.", -1);
        return document -> ofValue.test(at(document, path));
    }

    private static JsonNode at(JsonNode document, String[] path) {
        JsonNode value = document;
        for (String part : path) value = value.path(part);
        return value;
    }

    private Predicate<JsonNode> condition(String key, JsonNode condition) {
        if (!(condition instanceof ObjectNode operators) || !isOperators(operators)) return equal(condition);
        List<Predicate<JsonNode>> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : operators.properties()) {
            if (++conditions > MAX_CONDITIONS) throw malformed("more than %d conditions", MAX_CONDITIONS);
            all.add(operator(key, operator.getKey(), operator.getValue(), operators));
        }
        return every(all);
    }

    private static boolean isOperators(ObjectNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties())
            if (entry.getKey().startsWith("$")) return true;
        return false;
    }

    private Predicate<JsonNode> operator(String key, String operator, JsonNode operand, ObjectNode siblings) {
        return switch (operator) {
            case "$eq" -> equal(operand);
            case "$ne" -> equal(operand).negate();
            case "$lt" -> compared(operand, order -> order < 0);
            case "$lte" -> compared(operand, order -> order <= 0);
            case "$gt" -> compared(operand, order -> order > 0);
            case "$gte" -> compared(operand, order -> order >= 0);
            case "$in" -> any(equals(key, operator, operand));
            case "$nin" -> any(equals(key, operator, operand)).negate();
            // JS 2.4.0 wraps the operand again when the application re-uses its query object. Source: legacy-json Q8
            case "$all" ->
                operand instanceof ObjectNode wrapped ? condition(key, wrapped) : every(equals(key, operator, operand));
            case "$size" -> size(key, operand);
            case "$exists" -> {
                boolean wanted = operand.asBoolean();
                yield value -> wanted == !(value.isMissingNode() || value.isNull());
            }
            case "$regex" -> regex(key, operand, siblings.path("$options"));
            case "$options" -> value -> true; // belongs to its sibling $regex
            case "$nearSphere" -> near(key, operand, siblings);
            case "$within" -> within(key, operand);
            case "$maxDistanceInKilometers", "$maxDistanceInMiles", "$maxDistanceInRadians" ->
                value -> true; // belongs to its sibling $nearSphere
            default -> throw malformed("operator %s of key \"%s\" is not supported", operator, key);
        };
    }

    private List<Predicate<JsonNode>> equals(String key, String operator, JsonNode operand) {
        if (!(operand instanceof ArrayNode array))
            throw malformed("%s of key \"%s\" needs an array; got %s", operator, key, operand);
        List<Predicate<JsonNode>> tests = new ArrayList<>(array.size());
        for (JsonNode item : array) tests.add(equal(item));
        return tests;
    }

    /// Equality with a value; a scalar also equals an array that contains it.
    private Predicate<JsonNode> equal(JsonNode wanted) {
        return value -> {
            if (same(value, wanted)) return true;
            if (value instanceof ArrayNode array && !wanted.isArray())
                for (JsonNode item : array) if (same(item, wanted)) return true;
            return false;
        };
    }

    private boolean same(JsonNode value, JsonNode wanted) {
        if (wanted.isNull()) return value.isNull() || value.isMissingNode();
        if (rules.absentIsFalse && wanted.isBoolean() && value.isMissingNode()) return !wanted.booleanValue();
        if (Pointers.isPointer(wanted)) return Pointers.same(value, wanted) || Relations.contains(value, wanted);
        return value.equals(wanted)
                || JsonOrder.compare(value, wanted).filter(order -> order == 0).isPresent();
    }

    private static Predicate<JsonNode> compared(JsonNode operand, Predicate<Integer> wanted) {
        return value -> JsonOrder.compare(value, operand).filter(wanted).isPresent();
    }

    private Predicate<JsonNode> near(String key, JsonNode operand, ObjectNode siblings) {
        GeoPoint center = point(key, operand);
        String[] path = key.split("\\.", -1);
        if (nearestFirst.isEmpty())
            nearestFirst = Optional.of(Comparator.comparingDouble(document ->
                    GeoPoint.of(at(document, path)).map(center::radiansTo).orElse(Double.MAX_VALUE)));
        double radians = siblings.path("$maxDistanceInRadians")
                .asDouble(
                        siblings.has("$maxDistanceInKilometers")
                                ? siblings.get("$maxDistanceInKilometers").asDouble() / GeoPoint.EARTH_KILOMETERS
                                : siblings.has("$maxDistanceInMiles")
                                        ? siblings.get("$maxDistanceInMiles").asDouble() / GeoPoint.EARTH_MILES
                                        : Double.MAX_VALUE);
        return value -> GeoPoint.of(value)
                .filter(place -> place.radiansTo(center) <= radians)
                .isPresent();
    }

    private Predicate<JsonNode> within(String key, JsonNode operand) {
        if (!(operand.path("$box") instanceof ArrayNode box) || box.size() != 2)
            throw malformed("$within of key \"%s\" needs {\"$box\": [south-west, north-east]}; got %s", key, operand);
        GeoPoint southWest = point(key, box.get(0));
        GeoPoint northEast = point(key, box.get(1));
        return value -> GeoPoint.of(value)
                .filter(place -> place.isBetween(southWest, northEast))
                .isPresent();
    }

    private GeoPoint point(String key, JsonNode operand) {
        return GeoPoint.of(operand)
                .orElseThrow(() -> malformed("key \"%s\" is compared with a GeoPoint; got %s", key, operand));
    }

    private Predicate<JsonNode> size(String key, JsonNode operand) {
        if (!operand.isIntegralNumber())
            throw malformed("$size of key \"%s\" needs a whole number; got %s", key, operand);
        int wanted = operand.asInt();
        return value -> value.isArray() && value.size() == wanted;
    }

    private Predicate<JsonNode> regex(String key, JsonNode operand, JsonNode options) {
        if (!operand.isTextual()) throw malformed("$regex of key \"%s\" needs a text; got %s", key, operand);
        int flags = 0;
        for (char option : options.asText("").toCharArray()) {
            flags |= switch (option) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                default -> throw malformed("$options of key \"%s\" may hold i, m, s; got %s", key, options);
            };
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(operand.asText(), flags);
        } catch (PatternSyntaxException e) {
            throw malformed("$regex of key \"%s\" is not a valid expression: %s", key, e.getDescription());
        }
        return value -> {
            if (value.isTextual()) return pattern.matcher(value.asText()).find();
            if (value instanceof ArrayNode array)
                for (JsonNode item : array)
                    if (item.isTextual() && pattern.matcher(item.asText()).find()) return true;
            return false;
        };
    }

    private Refusal malformed(String format, Object... values) {
        return Refusal.of(rules.malformed(), format, values);
    }

    /// The texts a top-level key must equal, when the condition says so directly: what an index can use.
    public static Optional<Set<String>> required(ObjectNode where, String key) {
        JsonNode condition = where.path(key);
        if (condition.isTextual()) return Optional.of(Set.of(condition.asText()));
        for (String operator : List.of("$in", "$all", "$eq")) {
            JsonNode operand = condition.path(operator);
            if (operand.isTextual()) return Optional.of(Set.of(operand.asText()));
            if (operand instanceof ArrayNode array) {
                Set<String> texts = new HashSet<>();
                for (JsonNode item : array) if (item.isTextual()) texts.add(item.asText());
                if (texts.size() > 0 || operator.equals("$in")) return Optional.of(texts);
            }
        }
        return Optional.empty();
    }
}
