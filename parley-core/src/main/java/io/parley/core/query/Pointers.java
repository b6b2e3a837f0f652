package io.parley.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// References to rows: `{"__type":"Pointer","className":...,"objectId":...}`. Source: rest 5.1.
public final class Pointers {
    private Pointers() {}

    public static boolean isPointer(JsonNode value) {
        return value.path("__type").asText("").equals("Pointer")
                && value.path("className").isTextual()
                && value.path("objectId").isTextual();
    }

    /// Whether both point to the same row, whatever else SDKs have put into them.
    public static boolean same(JsonNode left, JsonNode right) {
        return isPointer(left)
                && isPointer(right)
                && left.get("className").equals(right.get("className"))
                && left.get("objectId").equals(right.get("objectId"));
    }

    public static ObjectNode to(String className, String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("__type", "Pointer")
                .put("className", className)
                .put("objectId", id);
    }
}
