package io.parley.conformance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One tab of the browser, driven through the Chrome DevTools protocol: real key presses and clicks. Calls wait for
/// their answer. What the page itself complains about is collected in [#complaints].
final class Tab implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 30;

    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<String> complaints;

    private Tab(WebSocket socket, Listener listener) {
        this.socket = socket;
        this.complaints = listener.complaints;
        listener.attach(waiting);
    }

    static Tab attach(HttpClient http, URI debugger) {
        var listener = new Listener();
        var socket = http.newWebSocketBuilder().buildAsync(debugger, listener).join();
        var tab = new Tab(socket, listener);
        tab.call("Page.enable", Map.of());
        tab.call("Runtime.enable", Map.of());
        tab.call("Log.enable", Map.of());
        // Otherwise only one tab of the window counts as looked at.
        tab.call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        tab.size(1180, 760);
        return tab;
    }

    void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    void reload() {
        // Leaves a mark that is gone when the new page is there.
        evaluate("window.beforeReload = true");
        call("Page.reload", Map.of());
    }

    void size(int width, int height) {
        resize(width, height, false);
    }

    void becomePhone(int width, int height) {
        resize(width, height, true);
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
    }

    private void resize(int width, int height, boolean mobile) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", mobile));
    }

    void speak(String language) {
        String agent = evaluate("navigator.userAgent").asText();
        call("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", language));
    }

    void useColours(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// Lets the network of this tab fail, or come back.
    void offline(boolean offline) {
        call("Network.enable", Map.of());
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /// The value of an expression in the page; null values become a null node.
    JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        JsonNode thrown = answer.get("exceptionDetails");
        if (thrown != null) throw new AssertionError(expression + " threw " + thrown.path("exception"));
        return answer.path("result").path("value");
    }

    /// Types into whatever has the focus.
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    void press(Key key) {
        for (String kind : List.of("keyDown", "keyUp")) {
            var event = JSON.createObjectNode()
                    .put("type", kind)
                    .put("key", key.name)
                    .put("code", key.name);
            event.put("windowsVirtualKeyCode", key.number);
            if (kind.equals("keyDown") && !key.text.isEmpty()) event.put("text", key.text);
            call("Input.dispatchKeyEvent", event);
        }
    }

    /// Clicks the middle of an element; it must be in view.
    void click(String selector) {
        move(selector);
        JsonNode middle = middleOf(selector);
        for (String kind : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            kind,
                            "x",
                            middle.path("x").asDouble(),
                            "y",
                            middle.path("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    void move(String selector) {
        call("Page.bringToFront", Map.of()); // tabs behind it take a second to notice a mouse
        JsonNode middle = middleOf(selector);
        call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        "mouseMoved",
                        "x",
                        middle.path("x").asDouble(),
                        "y",
                        middle.path("y").asDouble()));
    }

    private JsonNode middleOf(String selector) {
        return evaluate("(() => { const box = document.querySelector(" + quote(selector)
                + ").getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()");
    }

    void screenshot(Path file) {
        String picture = call("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(picture));
        } catch (IOException failure) {
            throw new UncheckedIOException("writing " + file, failure);
        }
    }

    /// Uncaught errors and violations of the page's content policy.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        socket.abort();
    }

    static String quote(String text) {
        return JSON.valueToTree(text).toString();
    }

    private JsonNode call(String method, Object parameters) {
        int number = numbers.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(number, answer);
        ObjectNode request = JSON.createObjectNode().put("id", number).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        socket.sendText(request.toString(), true).join();
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    enum Key {
        ENTER("Enter", 13, "\r"),
        ESCAPE("Escape", 27, "");

        private final String name;
        private final int number;
        private final String text;

        Key(String name, int number, String text) {
            this.name = name;
            this.number = number;
            this.text = text;
        }
    }

    /// Puts frames together and hands them on. The socket calls it from one thread at a time.
    private static final class Listener implements WebSocket.Listener {
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private volatile Map<Integer, CompletableFuture<JsonNode>> waiting = Map.of();

        void attach(Map<Integer, CompletableFuture<JsonNode>> calls) {
            waiting = calls;
        }

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
            } else if (message.path("method").asText().equals("Runtime.exceptionThrown")) {
                complaints.add(message.path("params")
                        .path("exceptionDetails")
                        .path("exception")
                        .path("description")
                        .asText());
            } else if (message.path("params")
                    .path("entry")
                    .path("source")
                    .asText()
                    .equals("security")) {
                complaints.add(message.path("params").path("entry").path("text").asText());
            }
        }
    }
}
