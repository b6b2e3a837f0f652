package io.parley.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A change of a conversation's attributes as clients write it: plain values or `{"__op": ...}` operations under
/// keys,
/// dotted keys reaching into objects. Immutable. Source: protocol 4.3.3.
final class AttributeChange {
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int MAX_DEPTH = 16;

    private final ObjectNode changes;

    AttributeChange(ObjectNode requested) {
        this.changes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : requested.properties()) {
            String[] path = path(change.getKey());
            if (!Attributes.isProtected(path[0])) changes.set(change.getKey(), change.getValue());
        }
    }

    private static String[] path(String key) {
        String[] path = DOT.split(key, -1);
        if (path.length > MAX_DEPTH)
            throw Refusal.of(
                    ErrorCode.CONVERSATION_UPDATE_FAILED, "the key \"%s\" is deeper than %d levels", key, MAX_DEPTH);
        for (String part : path)
            if (part.isEmpty())
                throw Refusal.of(
                        ErrorCode.CONVERSATION_UPDATE_FAILED, "the key \"%s\" has an empty part between dots", key);
        return path;
    }

    /// The attributes after the change, as a new node.
    ObjectNode applyTo(ObjectNode current) {
        ObjectNode result = current.deepCopy();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String[] path = path(change.getKey());
            ObjectNode parent = result;
            for (int level = 0; level < path.length - 1; level++) parent = child(parent, path[level]);
            String leaf = path[path.length - 1];
            Optional<JsonNode> value = value(change.getKey(), Optional.ofNullable(parent.get(leaf)), change.getValue());
            if (value.isPresent()) parent.set(leaf, value.get());
            else parent.remove(leaf);
        }
        return Attributes.checkedSize(result);
    }

    private static ObjectNode child(ObjectNode parent, String key) {
        return parent.get(key) instanceof ObjectNode object ? object : parent.putObject(key);
    }

    /// Empty when the key is to be removed.
    private static Optional<JsonNode> value(String key, Optional<JsonNode> current, JsonNode change) {
        if (change.isNull()) return Optional.empty();
        if (!(change instanceof ObjectNode object) || !object.path("__op").isTextual()) return Optional.of(change);
        String operation = object.path("__op").asText();
        return switch (operation) {
            case "Delete" -> Optional.empty();
            case "Increment" -> Optional.of(increment(key, current, object, 1));
            case "Decrement" -> Optional.of(increment(key, current, object, -1));
            case "Add", "AddUnique", "Remove" -> Optional.of(list(key, operation, current, object));
            default ->
                throw Refusal.of(
                        ErrorCode.CONVERSATION_UPDATE_FAILED,
                        "operation \"%s\" of key \"%s\" is none of Delete, Increment, Decrement, Add, AddUnique, Remove",
                        operation,
                        key);
        };
    }

    private static JsonNode increment(String key, Optional<JsonNode> current, ObjectNode operation, int sign) {
        JsonNode amount = operation.path("amount");
        JsonNode before = current.orElse(JsonNodeFactory.instance.numberNode(0));
        if (!amount.isNumber() || !before.isNumber())
            throw Refusal.of(
                    ErrorCode.CONVERSATION_UPDATE_FAILED,
                    "only a number can be incremented, and only by a number: key \"%s\"",
                    key);
        BigDecimal sum = before.decimalValue().add(amount.decimalValue().multiply(BigDecimal.valueOf(sign)));
        return before.isIntegralNumber()
                        && amount.isIntegralNumber()
                        && sum.abs().compareTo(LONG) < 0
                ? JsonNodeFactory.instance.numberNode(sum.longValueExact())
                : DecimalNode.valueOf(sum);
    }

    private static final BigDecimal LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private static ArrayNode list(String key, String operation, Optional<JsonNode> current, ObjectNode change) {
        if (!(change.path("objects") instanceof ArrayNode objects)
                || !(current.orElse(JsonNodeFactory.instance.arrayNode()) instanceof ArrayNode before))
            throw Refusal.of(
                    ErrorCode.CONVERSATION_UPDATE_FAILED,
                    "%s needs \"objects\" and an array to work on: key \"%s\"",
                    operation,
                    key);
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : before) if (!operation.equals("Remove") || !contains(objects, item)) result.add(item);
        if (!operation.equals("Remove"))
            for (JsonNode item : objects) if (operation.equals("Add") || !contains(result, item)) result.add(item);
        return result;
    }

    private static boolean contains(ArrayNode array, JsonNode wanted) {
        for (JsonNode item : array) if (item.equals(wanted)) return true;
        return false;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /// The touched top-level keys with their resulting values; a deleted key is absent.
    ObjectNode modified(ObjectNode result) {
        ObjectNode modified = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String top = path(change.getKey())[0];
            JsonNode value = result.get(top);
            if (value != null) modified.set(top, value);
        }
        return modified;
    }

    /// The keys as requested with plain resulting values; null for a deleted one. JS applies them as they are.
    ObjectNode plain(ObjectNode result) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            JsonNode value = result;
            for (String part : path(change.getKey())) value = value.path(part);
            plain.set(change.getKey(), value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
        }
        return plain;
    }
}
