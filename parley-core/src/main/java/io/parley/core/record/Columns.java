package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.query.Operation;
import io.parley.core.query.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a caller wants to write into a row: values and operations by column. Immutable. Source: rest 5.1, 5.2.
public final class Columns {
    /// Source: rest 3, code 116.
    static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,126}");
    private static final int MAX_COLUMNS = 500;
    private static final int MAX_DEPTH = 100;

    /// What SDKs send along with the columns of an object, and what the server keeps by itself.
    private static final Set<String> IGNORED = Set.of("objectId", "createdAt", "updatedAt", "className");

    private final List<Operation> operations = new ArrayList<>();

    private Columns(ObjectNode body) {
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            String column = entry.getKey();
            if (IGNORED.contains(column) || column.startsWith("__")) continue;
            String[] path = Operation.path(column, ErrorCode.INVALID_KEY_NAME);
            if (!NAME.matcher(path[0]).matches())
                throw Refusal.of(
                        ErrorCode.INVALID_KEY_NAME,
                        "a column begins with a letter and has at most 127 letters, digits and _; got \"%s\"",
                        column);
            var operation = new Operation(column, normal(entry.getValue(), 0), ErrorCode.INCORRECT_TYPE);
            if (column.equals(Acl.COLUMN) && operation.isPlainValue()) Acl.checkForm(operation.change());
            operations.add(operation);
        }
    }

    /// A refusal when a column cannot be called or valued so.
    public static Columns of(ObjectNode body) {
        return new Columns(body);
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /// Whether the caller writes the column, or into it.
    public boolean names(String column) {
        return operations.stream()
                .anyMatch(operation ->
                        operation.key().equals(column) || operation.key().startsWith(column + "."));
    }

    /// Refuses when the caller writes one of these.
    public void refuse(String... columns) {
        for (String column : columns)
            if (names(column)) throw Refusal.of(ErrorCode.READ_ONLY_KEY, "the column %s cannot be written", column);
    }

    /// The columns of a new row.
    public ObjectNode create() {
        return applyTo(JsonNodeFactory.instance.objectNode());
    }

    /// Changes `data` and returns it.
    public ObjectNode applyTo(ObjectNode data) {
        for (Operation operation : operations) operation.applyTo(data);
        if (data.size() > MAX_COLUMNS)
            throw Refusal.of(ErrorCode.INVALID_KEY_NAME, "a row has at most %d columns", MAX_COLUMNS);
        if (data.toString().length() > MAX_LENGTH)
            throw Refusal.of(ErrorCode.OBJECT_TOO_LARGE, "a row has at most %d characters of JSON", MAX_LENGTH);
        return data;
    }

    /// The written columns as they are in `data`, for answers that tell of them; a removed one is left out.
    ObjectNode written(ObjectNode data) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (Operation operation : operations) {
            String column = Operation.path(operation.key(), ErrorCode.INVALID_KEY_NAME)[0];
            JsonNode value = data.get(column);
            if (value != null) written.set(column, value);
        }
        return written;
    }

    /// Pointers and objects that SDKs send with more than a reference needs are cut to the reference.
    private static JsonNode normal(JsonNode value, int depth) {
        if (depth > MAX_DEPTH)
            throw Refusal.of(ErrorCode.INCORRECT_TYPE, "a value is nested deeper than %d", MAX_DEPTH);
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            for (JsonNode item : array) copy.add(normal(item, depth + 1));
            return copy;
        }
        if (!(value instanceof ObjectNode object)) return value;
        String type = object.path("__type").asText("");
        if (type.equals("Pointer") || type.equals("Object")) return pointer(object);
        if (type.equals("File") || type.equals("_File")) return file(object);
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            // A key that begins with $ would be an operator in a condition. Source: rest 3, code 121
            if (entry.getKey().startsWith("$"))
                throw Refusal.of(ErrorCode.INVALID_KEY_NAME, "a key cannot begin with $; got \"%s\"", entry.getKey());
            copy.set(entry.getKey(), normal(entry.getValue(), depth + 1));
        }
        return type.equals("Relation") ? copy.retain("__type", "className") : copy;
    }

    /// Java says `_File`, gives the id as `objectId`, and the name as `id`.
    private static ObjectNode file(ObjectNode object) {
        String id = object.path("objectId").asText(object.path("id").asText(""));
        if (id.isEmpty()) throw Refusal.of(ErrorCode.MALFORMED_POINTER, "a file in a row has an id; save it before");
        return JsonNodeFactory.instance.objectNode().put("__type", "File").put("id", id);
    }

    private static ObjectNode pointer(ObjectNode object) {
        JsonNode className = object.path("className");
        JsonNode id = object.path("objectId");
        if (!className.isTextual() || !id.isTextual())
            throw Refusal.of(ErrorCode.MALFORMED_POINTER, "a pointer has className and objectId; got %s", object);
        return Pointers.to(className.asText(), id.asText());
    }
}
