package io.parley.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/// JSON texts inside frames, and frames that are JSON: bounded on the way in, well-formed on the way out.
final class JsonText {
    /// Deeper values are refused: whoever walks them later recurses.
    static final int MAX_DEPTH = 64;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(100)
                    .maxNameLength(1000)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private static final ObjectMapper VALUES =
            mapper(new WellFormedNodes(false)).build();

    /// Keeps numbers as they were written, since embedded values are passed on as text.
    private static final ObjectMapper FRAMES = mapper(new WellFormedNodes(true))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static JsonMapper.Builder mapper(JsonNodeFactory nodes) {
        return JsonMapper.builder(FACTORY).nodeFactory(nodes).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private JsonText() {}

    /// The object that a text holds; empty when it is no JSON, or no object.
    static Optional<ObjectNode> object(String text) {
        try {
            return VALUES.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    static ObjectNode frame(byte[] text) throws MalformedFrameException {
        try {
            if (FRAMES.readTree(text) instanceof ObjectNode object) return object;
        } catch (java.io.IOException malformed) {
            throw new MalformedFrameException("not JSON, or too deep");
        }
        throw new MalformedFrameException("not a JSON object");
    }

    static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String of(JsonNode value) {
        return wellFormed(value.toString());
    }

    /// Replaces halves of surrogate pairs, which JSON escapes can make and UTF-8 cannot carry.
    static String wellFormed(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (isHalf(point)) return replaceHalves(text);
            at += Character.charCount(point);
        }
        return text;
    }

    private static String replaceHalves(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return clean.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static final class WellFormedNodes extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        WellFormedNodes(boolean exactDecimals) {
            super(exactDecimals);
        }

        @Override
        public TextNode textNode(String text) {
            return super.textNode(wellFormed(text));
        }
    }
}
