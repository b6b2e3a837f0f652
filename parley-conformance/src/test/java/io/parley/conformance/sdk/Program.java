package io.parley.conformance.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A running program with one SDK generation in it, holding any number of clients. Thread-safe. Ends when closed, or
/// when this JVM ends, because its stdin does.
final class SdkProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sdk sdk;
    private final Process process;
    private final Path log;
    private final Writer in;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();

    /// @param log what the program prints besides the line protocol
    SdkProcess(Sdk sdk, ProcessBuilder program, Path log) {
        this.sdk = sdk;
        this.log = log;
        try {
            process = program.redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program.command() + "; is it installed?", e);
        }
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofVirtual().name("reads " + sdk).start(this::read);
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
            throw new AssertionError(sdk + " did not answer " + operation + args + "; see " + log, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkRefusal refusal) throw refusal;
            throw new IllegalStateException(sdk + " ended during " + operation + "; see " + log, e);
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
            String line = JSON.writeValueAsString(Map.of("id", id, "op", operation, "args", args));
            synchronized (in) {
                in.write(line);
                in.write('\n');
                in.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(sdk + " is gone; see " + log, e);
        }
        return answer;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) accept(line);
        } catch (IOException e) {
            open.values().forEach(answer -> answer.completeExceptionally(e));
        }
        open.values().forEach(answer -> answer.completeExceptionally(new IOException("the program has ended")));
    }

    private void accept(String line) throws JsonProcessingException {
        JsonNode json = JSON.readTree(line);
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
                error.path("message").asText());
    }

    /// What went wrong outside any operation, for example a frame the SDK threw on.
    List<SdkEvent> accidents() {
        return recorder("").all();
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (IOException e) {
            process.destroyForcibly(); // it ended before its stdin did
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
