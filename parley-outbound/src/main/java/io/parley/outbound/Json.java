package io.parley.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/// JSON of calls and answers.
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static byte[] bytes(JsonNode value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    public static JsonNode parse(byte[] text) throws CallFailedException {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value != null && !value.isMissingNode()) return value;
        } catch (IOException e) {
            throw new CallFailedException("the answer is not JSON", e);
        }
        throw new CallFailedException("the answer is empty");
    }
}
