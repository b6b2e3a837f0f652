package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.Lines;

/// A place in a history, which is ordered by time and id.
///
/// @param id empty for a time without a message
record HistoryKey(long timestamp, String id) {
    static HistoryKey of(JsonNode item) {
        return new HistoryKey(
                item.path("timestamp").asLong(), item.path("msg-id").asText());
    }

    ObjectNode toJson() {
        return Lines.object().put("timestamp", timestamp).put("msg-id", id);
    }
}
