package io.parley.rest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Text that arrives piece by piece in the body of a call. Used by one thread; reading blocks.
interface ReplyText {
    /// The next piece, perhaps empty; nothing at the end.
    Optional<String> next() throws IOException;

    /// Characters as they come.
    static ReplyText plain(InputStream body) {
        var reader = new InputStreamReader(body, StandardCharsets.UTF_8);
        char[] piece = new char[4096];
        return () -> {
            int count = reader.read(piece);
            return count < 0 ? Optional.empty() : Optional.of(new String(piece, 0, count));
        };
    }

    /// The data of server-sent events, up to one that says `[DONE]`. Source: the HTML standard, 9.2.6.
    ///
    /// @param field where in the data, which is JSON then, the text is
    static ReplyText events(InputStream body, Optional<JsonPointer> field) {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        return () -> {
            StringBuilder data = null;
            while (true) {
                @Nullable String line = lines.readLine();
                if (line == null || (line.isEmpty() && data != null)) {
                    if (data == null || data.toString().strip().equals("[DONE]")) return Optional.empty();
                    return Optional.of(field.isPresent() ? at(field.get(), data.toString()) : data.toString());
                }
                if (!line.equals("data") && !line.startsWith("data:")) continue;
                String value = line.equals("data") ? "" : line.substring("data:".length());
                if (value.startsWith(" ")) value = value.substring(1);
                data = data == null
                        ? new StringBuilder(value)
                        : data.append('\n').append(value);
            }
        };
    }

    private static String at(JsonPointer field, String data) {
        JsonNode text = Json.parse(data).at(field);
        return text.isTextual() ? text.asText() : "";
    }
}
