package io.parley.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A change of one value: a new value, or `{"__op": ...}` that says how to get from the old one to the new one.
/// Immutable. Source: rest 5.2, protocol 4.3.3.
///
/// @param key under which the value stands, for error messages
/// @param refused the way to say that the change makes no sense
public record Operation(String key, JsonNode change, ErrorCode refused) {
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int MAX_DEPTH = 16;
    private static final int MAX_BATCH = 100;
    private static final BigDecimal LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    /// The parts of a key that reaches into objects with dots; a refusal when it is malformed.
    public static String[] path(String key, ErrorCode refused) {
        String[] path = DOT.split(key, -1);
        if (path.length > MAX_DEPTH)
            throw Refusal.of(refused, "the key \"%s\" is deeper than %d levels", key, MAX_DEPTH);
        for (String part : path)
            if (part.isEmpty()) throw Refusal.of(refused, "the key \"%s\" has an empty part between dots", key);
        return path;
    }

    /// Changes what stands under the key in `document`, making the objects on the way.
    public void applyTo(ObjectNode document) {
        String[] path = path(key, refused);
        ObjectNode parent = document;
        for (int level = 0; level < path.length - 1; level++) parent = child(parent, path[level]);
        String leaf = path[path.length - 1];
        Optional<JsonNode> value = value(Optional.ofNullable(parent.get(leaf)));
        if (value.isPresent()) parent.set(leaf, value.get());
        else parent.remove(leaf);
    }

    private static ObjectNode child(ObjectNode parent, String key) {
        return parent.get(key) instanceof ObjectNode object ? object : parent.putObject(key);
    }

    public boolean isPlainValue() {
        return !(change instanceof ObjectNode object) || !object.path("__op").isTextual();
    }

    /// The value after the change; empty when the key is to be removed.
    public Optional<JsonNode> value(Optional<JsonNode> current) {
        if (isPlainValue()) return Optional.of(change);
        String operation = change.path("__op").asText();
        return switch (operation) {
            case "Delete" -> Optional.empty();
            case "Increment" -> Optional.of(increment(current, 1));
            case "Decrement" -> Optional.of(increment(current, -1));
            case "Add", "AddUnique", "Remove" -> Optional.of(list(operation, current));
            case "BitAnd", "BitOr", "BitXor" -> Optional.of(bits(operation, current));
            case "AddRelation", "RemoveRelation" -> Optional.of(relation(operation, current));
            case "Batch" -> batch(current);
            default ->
                throw refusal(
                        "operation \"%s\" of key \"%s\" is none of Delete, Increment, Decrement, Add, AddUnique, Remove,"
                                + " BitAnd, BitOr, BitXor, AddRelation, RemoveRelation, Batch",
                        operation, key);
        };
    }

    private JsonNode increment(Optional<JsonNode> current, int sign) {
        JsonNode amount = change.path("amount");
        JsonNode before = current.orElse(JsonNodeFactory.instance.numberNode(0));
        if (!amount.isNumber() || !before.isNumber())
            throw refusal("only a number can be incremented, and only by a number: key \"%s\"", key);
        BigDecimal sum = before.decimalValue().add(amount.decimalValue().multiply(BigDecimal.valueOf(sign)));
        return before.isIntegralNumber()
                        && amount.isIntegralNumber()
                        && sum.abs().compareTo(LONG) < 0
                ? JsonNodeFactory.instance.numberNode(sum.longValueExact())
                : DecimalNode.valueOf(sum);
    }

    private JsonNode bits(String operation, Optional<JsonNode> current) {
        JsonNode mask = change.path("value");
        JsonNode before = current.orElse(JsonNodeFactory.instance.numberNode(0));
        if (!mask.isIntegralNumber() || !before.isIntegralNumber())
            throw refusal("%s works on whole numbers only: key \"%s\"", operation, key);
        long left = before.longValue();
        long right = mask.longValue();
        return JsonNodeFactory.instance.numberNode(
                switch (operation) {
                    case "BitAnd" -> left & right;
                    case "BitOr" -> left | right;
                    default -> left ^ right;
                });
    }

    private ArrayNode list(String operation, Optional<JsonNode> current) {
        if (!(change.path("objects") instanceof ArrayNode objects)
                || !(current.orElse(JsonNodeFactory.instance.arrayNode()) instanceof ArrayNode before))
            throw refusal("%s needs \"objects\" and an array to work on: key \"%s\"", operation, key);
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : before) if (!operation.equals("Remove") || !contains(objects, item)) result.add(item);
        if (!operation.equals("Remove"))
            for (JsonNode item : objects) if (operation.equals("Add") || !contains(result, item)) result.add(item);
        return result;
    }

    private static boolean contains(ArrayNode array, JsonNode wanted) {
        for (JsonNode item : array) if (item.equals(wanted) || Pointers.same(item, wanted)) return true;
        return false;
    }

    private JsonNode relation(String operation, Optional<JsonNode> current) {
        if (!(change.path("objects") instanceof ArrayNode objects) || objects.isEmpty())
            throw refusal("%s needs \"objects\" with pointers: key \"%s\"", operation, key);
        JsonNode before = current.orElse(MissingNode.getInstance());
        if (current.isPresent() && !Relations.isRelation(before)) throw refusal("key \"%s\" is no relation", key);
        List<String> ids = new ArrayList<>();
        String className =
                before.path("className").asText(objects.get(0).path("className").asText());
        for (JsonNode pointer : objects) {
            if (!Pointers.isPointer(pointer)
                    || !pointer.get("className").asText().equals(className))
                throw refusal("the relation \"%s\" takes pointers to %s only", key, className);
            ids.add(pointer.get("objectId").asText());
        }
        return operation.equals("AddRelation")
                ? Relations.with(className, before, ids)
                : Relations.without(className, before, new HashSet<>(ids));
    }

    private Optional<JsonNode> batch(Optional<JsonNode> current) {
        if (!(change.path("ops") instanceof ArrayNode operations) || operations.size() > MAX_BATCH)
            throw refusal("Batch needs \"ops\" with at most %d operations: key \"%s\"", MAX_BATCH, key);
        Optional<JsonNode> value = current;
        for (JsonNode one : operations) {
            if (one.path("__op").asText().equals("Batch")) throw refusal("Batch inside Batch: key \"%s\"", key);
            value = new Operation(key, one, refused).value(value);
        }
        return value;
    }

    private Refusal refusal(String format, Object... values) {
        return Refusal.of(refused, format, values);
    }
}
