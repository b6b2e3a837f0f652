package io.parley.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A message as an SDK shows it to its application.
///
/// @param timestamp milliseconds since the epoch; 0 if the SDK gives none
/// @param text of a typed message; empty for all others
/// @param content text of an untyped message; empty for all others
/// @param binary base64; empty for all others
/// @param offline told to have been sent while the client was away
public record Message(
        String id,
        String conversation,
        String from,
        long timestamp,
        String text,
        JsonNode attributes,
        String content,
        String binary,
        List<String> mentions,
        boolean mentionedAll,
        boolean mentioned,
        boolean recalled,
        boolean isTransient,
        boolean offline) {

    static Message of(JsonNode json) {
        return new Message(
                json.path("id").asText(""),
                json.path("cid").asText(""),
                json.path("from").asText(""),
                json.path("timestamp").asLong(),
                json.path("text").asText(""),
                json.path("attributes"),
                json.path("content").asText(""),
                json.path("binary").asText(""),
                StreamSupport.stream(json.path("mentions").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                json.path("mentionedAll").asBoolean(),
                json.path("mentioned").asBoolean(),
                json.path("recalled").asBoolean(),
                json.path("transient").asBoolean(),
                json.path("offline").asBoolean());
    }

    /// What SDKs need to name this message in an operation.
    Map<String, Object> reference() {
        return Map.of("id", id, "timestamp", timestamp);
    }
}
