package io.parley.core.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/// Which part of a message people read, and how to replace it without touching a byte of the rest. Source:
/// semantics 12.
final class MessageText {
    private static final JsonFactory JSON = new JsonFactory();

    private MessageText() {}

    /// The message with the part that people read replaced: of a typed message its `_lctext`, otherwise the whole.
    ///
    /// @param change gives the new text, or nothing when it likes the old one
    /// @return empty when nothing was changed
    static Optional<String> replace(String message, Function<String, Optional<String>> change) {
        if (!message.contains("\"_lctype\"")) return change.apply(message);
        return switch (read(message)) {
            case Readable.Whole whole -> change.apply(message);
            case Readable.Nothing nothing -> Optional.empty();
            case Readable.Part part ->
                change.apply(part.value)
                        .map(replaced -> message.substring(0, part.begin)
                                + '"'
                                + new String(JsonStringEncoder.getInstance().quoteAsString(replaced))
                                + '"'
                                + message.substring(part.end));
        };
    }

    private sealed interface Readable {
        record Whole() implements Readable {}

        record Nothing() implements Readable {}

        /// A value within a JSON text, from quote to quote.
        record Part(String value, int begin, int end) implements Readable {}
    }

    private static Readable read(String message) {
        boolean typed = false;
        Readable text = new Readable.Nothing();
        try (JsonParser parser = JSON.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return new Readable.Whole();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("_lctype")) typed = true;
                if (name.equals("_lctext") && value == JsonToken.VALUE_STRING) {
                    int begin = (int) parser.currentTokenLocation().getCharOffset();
                    String content = parser.getText(); // reads up to its closing quote
                    text = new Readable.Part(
                            content, begin, (int) parser.currentLocation().getCharOffset());
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            return new Readable.Whole(); // any text is a legal message
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return typed ? text : new Readable.Whole();
    }
}
