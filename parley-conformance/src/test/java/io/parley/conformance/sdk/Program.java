package io.parley.conformance.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A running program with one SDK generation in it, holding any number of clients. Thread-safe.
final class Program implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sdk sdk;
    private final Host host;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();

    /// @param start starts it; what it says is for the given ear
    Program(Sdk sdk, Function<Host.Ear, Host> start) {
        this.sdk = sdk;
        this.host = start.apply(new Host.Ear() {
            @Override
            public void line(String line) {
                accept(line);
            }

            @Override
            public void ended(IOException why) {
                open.values().forEach(answer -> answer.completeExceptionally(why));
            }
        });
    }

    Sdk sdk() {
        return sdk;
    }

    Recorder recorder(String client) {
        return recorders.computeIfAbsent(client, name -> new Recorder(name + " on " + sdk));
    }

    /// Runs an operation and waits for its end.
    ///
    /// @throws SdkRefusal if the SDK says that it failed
    JsonNode call(String operation, Map<String, ?> args) {
        CompletableFuture<JsonNode> answer = start(operation, args);
        try {
            return answer.get(2 * Recorder.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(sdk + " did not answer " + operation + args + "; see " + host.log(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkRefusal refusal) throw refusal;
            throw new IllegalStateException(sdk + " ended during " + operation + "; see " + host.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + operation, e);
        }
    }

    /// Starts an operation whose end may come much later.
    CompletableFuture<JsonNode> start(String operation, Map<String, ?> args) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        try {
            host.write(JSON.writeValueAsString(Map.of("id", id, "op", operation, "args", args)));
        } catch (IOException e) {
            throw new UncheckedIOException(sdk + " is gone; see " + host.log(), e);
        }
        return answer;
    }

    private void accept(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(sdk + " said: " + line, e);
        }
        if (json.has("event")) {
            recorder(json.path("client").asText())
                    .record(new SdkEvent(json.path("event").asText(), json.path("data")));
            return;
        }
        CompletableFuture<JsonNode> answer = open.remove(json.path("id").asInt());
        if (answer == null) return;
        JsonNode error = json.path("error");
        if (error.isMissingNode()) answer.complete(json.path("result"));
        else answer.completeExceptionally(refusal(error));
    }

    private SdkRefusal refusal(JsonNode error) {
        return new SdkRefusal(
                sdk.toString(),
                error.path("code").asInt(),
                error.path("appCode").asInt(),
                error.path("message").asText());
    }

    /// What went wrong outside any operation, for example a frame the SDK threw on.
    List<SdkEvent> accidents() {
        return recorder("").all();
    }

    @Override
    public void close() {
        host.close();
    }
}
