package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.query.Pointers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Puts the rows that documents point to into the documents: those a caller asks for with `include`, and files
/// always. What the caller may not read stays a pointer. Source: rest 5.3.
final class Includes {
    private static final int MAX_PATHS = 20;
    private static final int MAX_DEPTH = 4;

    private final App app;
    private final RecordStore store;
    private final Requester requester;

    Includes(App app, RecordStore store, Requester requester) {
        this.app = app;
        this.store = store;
        this.requester = requester;
    }

    /// @param include comma list of paths
    void into(Collection<ObjectNode> documents, String include) {
        Set<String> paths = new TreeSet<>(); // a path comes behind those it begins with
        for (String path : include.split(",")) {
            String[] parts = path.strip().split("\\.");
            for (int length = 1; length <= Math.min(parts.length, MAX_DEPTH); length++)
                paths.add(String.join(".", List.of(parts).subList(0, length)));
        }
        paths.remove("");
        for (String path : paths.stream().limit(MAX_PATHS).toList()) expand(documents, path.split("\\."));
        expandFiles(documents);
    }

    private void expand(Collection<ObjectNode> documents, String[] path) {
        List<ObjectNode> pointers = new ArrayList<>();
        for (ObjectNode document : documents) collect(document, path, 0, pointers);
        Map<String, Set<String>> wanted = new HashMap<>();
        for (ObjectNode pointer : pointers)
            wanted.computeIfAbsent(pointer.get("className").asText(), name -> new HashSet<>())
                    .add(pointer.get("objectId").asText());
        Map<String, Map<String, Row>> rows = new HashMap<>();
        wanted.forEach((className, ids) -> rows.put(className, readable(className, ids)));
        for (ObjectNode pointer : pointers) {
            Row row = rows.getOrDefault(pointer.get("className").asText(), Map.of())
                    .get(pointer.get("objectId").asText());
            if (row != null) pointer.setAll(Documents.of(row, requester, false));
        }
    }

    private static void collect(JsonNode value, String[] path, int level, List<ObjectNode> pointers) {
        if (value instanceof ArrayNode array) {
            for (JsonNode item : array) collect(item, path, level, pointers);
        } else if (level == path.length) {
            if (value instanceof ObjectNode object && Pointers.isPointer(object)) pointers.add(object);
        } else if (value instanceof ObjectNode object) {
            collect(object.path(path[level]), path, level + 1, pointers);
        }
    }

    private Map<String, Row> readable(String className, Set<String> ids) {
        Map<String, Row> rows = new HashMap<>();
        if (className.equals(ClassNames.SCHEMA) || !Permissions.allow(app, className, Operation.GET, requester))
            return rows;
        for (Row row : store.find(app.id(), className, ids))
            if (Acl.mayRead(row.data(), requester)) rows.put(row.id(), row);
        return rows;
    }

    private void expandFiles(Collection<ObjectNode> documents) {
        List<ObjectNode> references = new ArrayList<>();
        for (ObjectNode document : documents) collectFiles(document, references);
        if (references.isEmpty()) return;
        Set<String> ids = new HashSet<>();
        for (ObjectNode reference : references) ids.add(id(reference));
        Map<String, Row> files = readable(ClassNames.FILE, ids);
        for (ObjectNode reference : references) {
            Row file = files.get(id(reference));
            if (file != null) reference.setAll(Documents.of(file, requester, false));
        }
    }

    private static String id(ObjectNode reference) {
        return reference.path("id").asText(reference.path("objectId").asText(""));
    }

    private static void collectFiles(JsonNode value, List<ObjectNode> references) {
        if (value instanceof ObjectNode object
                && object.path("__type").asText("").equals("File")) {
            references.add(object);
            return;
        }
        for (JsonNode inner : value) collectFiles(inner, references);
    }
}
