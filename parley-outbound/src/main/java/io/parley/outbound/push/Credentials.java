package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.outbound.CallFailedException;
import io.parley.outbound.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What a file says about an account at a vendor. Immutable; never printed.
final class Credentials {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Path file;
    private final ObjectNode values;

    private Credentials(Path file, ObjectNode values) {
        this.file = file;
        this.values = values;
    }

    static Credentials read(Path file) throws DeniedException {
        byte[] bytes = bytes(file);
        try {
            if (Json.parse(bytes) instanceof ObjectNode values) return new Credentials(file, values);
        } catch (CallFailedException e) {
            throw new DeniedException(file + " is no JSON", e);
        }
        throw new DeniedException(file + " holds no JSON object");
    }

    static byte[] bytes(Path file) throws DeniedException {
        try {
            if (Files.size(file) > MAX_BYTES) throw new DeniedException(file + " is too large for what it should be");
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DeniedException(file + " does not exist", e);
        } catch (IOException e) {
            throw new DeniedException(file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    String text(String key) throws DeniedException {
        return find(key).orElseThrow(() -> new DeniedException(file + " lacks \"" + key + "\""));
    }

    Optional<String> find(String key) {
        JsonNode value = values.path(key);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    boolean has(String key) {
        return values.has(key);
    }

    boolean flag(String key) {
        return values.path(key).asBoolean(false);
    }

    /// Another file, named relative to this one.
    Path path(String key) throws DeniedException {
        return file.toAbsolutePath().resolveSibling(text(key)).normalize();
    }

    URI address(String key, String otherwise) throws DeniedException {
        String text = find(key).orElse(otherwise);
        try {
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new DeniedException(file + ": \"" + key + "\" is no address", e);
        }
    }

    /// How long the vendor may take for a call.
    Duration timeout() {
        double seconds = values.path("timeout").asDouble(0);
        return seconds <= 0 ? TIMEOUT : Duration.ofMillis((long) (seconds * 1000));
    }

    /// Shown when a notification has none and the vendor wants one.
    String title() {
        return find("title").orElse("New message");
    }
}
