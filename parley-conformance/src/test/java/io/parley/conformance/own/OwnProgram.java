package io.parley.conformance.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.client.AVIMException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// Parley's own client SDK in this process, driven by the line protocol of the programs on the official SDKs: requests
/// in, answers and events out, one JSON object per line. Thread-safe.
public final class OwnProgram implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<String> out;
    private final Logins logins;
    private final Operations operations;

    /// @param http trusts the server
    /// @param out is told each line, from one thread at a time
    public OwnProgram(OkHttpClient http, Consumer<String> out) {
        this.out = out;
        this.logins = new Logins(http, this::tell);
        this.operations = new Operations(logins);
    }

    /// A request.
    public void hear(String line) {
        JsonNode request = read(line);
        int id = request.path("id").asInt();
        try {
            operations
                    .run(request.path("op").asText(), request.path("args"))
                    .whenComplete((result, error) -> answer(id, result, error));
        } catch (RuntimeException refused) {
            answer(id, null, refused);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(int id, @Nullable Object result, @Nullable Throwable error) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        if (error != null) line.put("error", error(error));
        else if (result != null) line.put("result", result);
        write(line);
    }

    private static Map<String, Object> error(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        AVIMException refused = cause instanceof AVIMException known
                ? known
                : new AVIMException(0, String.valueOf(cause.getMessage()), cause);
        return Map.of(
                "code", refused.getCode(),
                "appCode", refused.getAppCode(),
                "message", String.valueOf(refused.getMessage()));
    }

    private void tell(String client, String event, Map<String, Object> data) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("client", client);
        line.put("data", data);
        write(line);
    }

    private synchronized void write(Map<String, Object> line) {
        try {
            out.accept(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        logins.close();
    }
}
