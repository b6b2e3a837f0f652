package io.parley.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ErrorCode;
import io.parley.core.query.Operation;
import java.util.Map;

/// A change of a conversation's attributes as clients write it: plain values or `{"__op": ...}` operations under keys,
/// dotted keys reaching into objects. Immutable. Source: protocol 4.3.3.
final class AttributeChange {
    private static final ObjectNode DELETE =
            JsonNodeFactory.instance.objectNode().put("__op", "Delete");

    private final ObjectNode changes;

    AttributeChange(ObjectNode requested) {
        this.changes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : requested.properties()) {
            String[] path = path(change.getKey());
            if (!Attributes.isProtected(path[0])) changes.set(change.getKey(), change.getValue());
        }
    }

    private static String[] path(String key) {
        return Operation.path(key, ErrorCode.CONVERSATION_UPDATE_FAILED);
    }

    /// The attributes after the change, as a new node.
    ObjectNode applyTo(ObjectNode current) {
        ObjectNode result = current.deepCopy();
        for (Map.Entry<String, JsonNode> change : changes.properties())
            new Operation(change.getKey(), nullDeletes(change.getValue()), ErrorCode.CONVERSATION_UPDATE_FAILED)
                    .applyTo(result);
        return Attributes.checkedSize(result);
    }

    private static JsonNode nullDeletes(JsonNode change) {
        return change.isNull() ? DELETE : change;
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
