package io.parley.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// JSON as the REST side reads and writes it.
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    // Exactly three fractional digits and a capital Z: Swift and C# parse with a fixed pattern. Source: protocol 0.2.
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The object in a request body, or a refusal; an absent body is an empty object.
    static ObjectNode parseObject(byte[] body) {
        if (body.length == 0) return object();
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) return object;
        } catch (JsonProcessingException e) {
            throw new HttpRefusal(400, 107, "Malformed JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new HttpRefusal(400, 107, "Malformed JSON: the body must be an object");
    }

    /// Any JSON, or a refusal.
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new HttpRefusal(400, 107, "Malformed JSON: " + e.getOriginalMessage());
        }
    }

    /// The object in a parameter, or a refusal.
    static ObjectNode parseObject(String text) {
        return parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    static String iso(Instant time) {
        return ISO.format(time);
    }
}
