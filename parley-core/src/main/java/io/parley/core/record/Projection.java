package io.parley.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Which columns a caller wants: `a,b.c`, or all but some: `-a,-b`. Id and times always stay. Source: rest 5.3.
final class Projection {
    private static final List<String> ALWAYS =
            List.of("objectId", "createdAt", "updatedAt", "ACL", "__type", "className");

    private final List<String[]> wanted = new ArrayList<>();
    private final List<String[]> unwanted = new ArrayList<>();

    Projection(String keys) {
        for (String key : keys.split(",")) {
            String name = key.strip();
            if (name.startsWith("-")) unwanted.add(name.substring(1).split("\\."));
            else if (!name.isEmpty()) wanted.add(name.split("\\."));
        }
    }

    /// Cuts a document, which belongs to the caller.
    ObjectNode of(ObjectNode document) {
        if (!wanted.isEmpty()) keep(document, wanted, 0);
        for (String[] path : unwanted) remove(document, path);
        return document;
    }

    private static void keep(ObjectNode object, List<String[]> paths, int level) {
        object.properties().removeIf(entry -> {
            String key = entry.getKey();
            if (ALWAYS.contains(key)) return false;
            List<String[]> deeper = new ArrayList<>();
            for (String[] path : paths) {
                if (!path[level].equals(key)) continue;
                if (path.length == level + 1) return false;
                deeper.add(path);
            }
            if (deeper.isEmpty()) return true;
            if (entry.getValue() instanceof ObjectNode inner) keep(inner, deeper, level + 1);
            return false;
        });
    }

    private static void remove(ObjectNode document, String[] path) {
        JsonNode parent = document;
        for (int i = 0; i < path.length - 1; i++) parent = parent.path(path[i]);
        if (parent instanceof ObjectNode object && !ALWAYS.contains(path[path.length - 1]))
            object.remove(path[path.length - 1]);
    }
}
