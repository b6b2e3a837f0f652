package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// What a column holds: its first value decides. Source: rest 3 (code 111), 5.4.
///
/// @param className of the rows a Pointer or Relation refers to
record ColumnType(String name, Optional<String> className) {

    /// Empty for null, which says nothing.
    static Optional<ColumnType> of(String column, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) return Optional.empty();
        if (column.equals(Acl.COLUMN)) return plain("ACL");
        if (value.isTextual()) return plain("String");
        if (value.isNumber()) return plain("Number");
        if (value.isBoolean()) return plain("Boolean");
        if (value.isArray()) return plain("Array");
        String type = value.path("__type").asText("");
        return switch (type) {
            case "Date", "File", "GeoPoint", "Bytes" -> plain(type);
            case "Pointer", "Relation" ->
                Optional.of(
                        new ColumnType(type, Optional.of(value.path("className").asText(""))));
            default -> plain("Object");
        };
    }

    private static Optional<ColumnType> plain(String name) {
        return Optional.of(new ColumnType(name, Optional.empty()));
    }

    static ColumnType of(JsonNode json) {
        return new ColumnType(
                json.path("type").asText(""),
                Optional.ofNullable(json.get("className")).map(JsonNode::asText));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", name);
        className.ifPresent(value -> json.put("className", value));
        return json;
    }

    @Override
    public String toString() {
        return className.map(value -> name + " to " + value).orElse(name);
    }
}
