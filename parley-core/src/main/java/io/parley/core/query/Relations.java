package io.parley.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A set of references to rows of one class, as the value of a key. Callers see
/// `{"__type":"Relation","className":...}`; the ids are kept with it, and never leave. Source: rest 5.1, 5.2.
public final class Relations {
    private static final String IDS = "__ids";

    private Relations() {}

    public static boolean isRelation(JsonNode value) {
        return value.path("__type").asText("").equals("Relation");
    }

    static boolean contains(JsonNode relation, JsonNode pointer) {
        if (!isRelation(relation) || !relation.path("className").equals(pointer.path("className"))) return false;
        for (JsonNode id : relation.path(IDS)) if (id.equals(pointer.get("objectId"))) return true;
        return false;
    }

    /// In the order in which they were added.
    public static List<String> ids(JsonNode relation) {
        List<String> ids = new ArrayList<>();
        relation.path(IDS).forEach(id -> ids.add(id.asText()));
        return ids;
    }

    static ObjectNode with(String className, JsonNode before, Iterable<String> added) {
        Set<String> ids = new LinkedHashSet<>(ids(before));
        added.forEach(ids::add);
        return relation(className, ids);
    }

    static ObjectNode without(String className, JsonNode before, Set<String> removed) {
        Set<String> ids = new LinkedHashSet<>(ids(before));
        ids.removeAll(removed);
        return relation(className, ids);
    }

    private static ObjectNode relation(String className, Iterable<String> ids) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ids.forEach(list::add);
        return shown(className).set(IDS, list);
    }

    /// As callers see it.
    public static ObjectNode shown(JsonNode relation) {
        return shown(relation.path("className").asText());
    }

    private static ObjectNode shown(String className) {
        return JsonNodeFactory.instance.objectNode().put("__type", "Relation").put("className", className);
    }
}
