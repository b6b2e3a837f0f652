package io.parley.migrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One compressed file of a set. It is never changed once the manifest names it.
///
/// @param file path inside the archive, with `/`
/// @param size of the compressed file in bytes
/// @param sha256 of the compressed file
/// @param from smallest timestamp of its lines, milliseconds since the epoch; 0 when they have none
/// @param to largest timestamp of its lines
public record Part(String file, long lines, long size, String sha256, long from, long to) {
    /// Nothing in a manifest leads out of the archive.
    public Part {
        if (!file.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\\.[A-Za-z0-9]+)*") || lines < 0 || size < 0)
            throw new IllegalArgumentException("not a part of an archive: " + file);
    }

    ObjectNode toJson() {
        ObjectNode json = Lines.object()
                .put("file", file)
                .put("lines", lines)
                .put("size", size)
                .put("sha256", sha256);
        if (to != 0) json.put("from", from).put("to", to);
        return json;
    }

    static Part of(JsonNode json) {
        return new Part(
                json.path("file").asText(),
                json.path("lines").asLong(-1),
                json.path("size").asLong(-1),
                json.path("sha256").asText(),
                json.path("from").asLong(),
                json.path("to").asLong());
    }
}
