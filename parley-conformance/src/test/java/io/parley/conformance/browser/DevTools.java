package io.parley.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection of the Chrome DevTools protocol: to the browser, or to a tab. Thread-safe.
final class DevTools implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final WebSocket socket;
    private final Listener listener;
    private final AtomicInteger numbers = new AtomicInteger();

    private DevTools(WebSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    static DevTools connect(HttpClient http, URI address) {
        var listener = new Listener();
        return new DevTools(
                http.newWebSocketBuilder().buildAsync(address, listener).join(), listener);
    }

    /// Waits for the answer.
    JsonNode call(String method, Object parameters) {
        int number = numbers.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        listener.waiting.put(number, answer);
        send(number, method, parameters);
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Does not wait for the answer, which is forgotten.
    void tell(String method, Object parameters) {
        send(numbers.incrementAndGet(), method, parameters);
    }

    private void send(int number, String method, Object parameters) {
        ObjectNode request = JSON.createObjectNode().put("id", number).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        synchronized (socket) { // it takes one message at a time
            socket.sendText(request.toString(), true).join();
        }
    }

    /// Tells of every event of this name from now on, one after the other.
    void on(String event, Consumer<JsonNode> listens) {
        listener.listeners.put(event, listens);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /// Puts frames together and hands them on. The socket calls it from one thread at a time.
    private static final class Listener implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
        private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                take(whole);
            }
            socket.request(1);
            return null;
        }

        private void take(String whole) {
            JsonNode message;
            try {
                message = JSON.readTree(whole);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            var call = waiting.remove(message.path("id").asInt());
            if (call != null && message.has("error")) {
                call.completeExceptionally(
                        new AssertionError(message.path("error").toString()));
            } else if (call != null) {
                call.complete(message.path("result"));
            } else {
                listeners
                        .getOrDefault(message.path("method").asText(), nobody -> {})
                        .accept(message.path("params"));
            }
        }
    }
}
