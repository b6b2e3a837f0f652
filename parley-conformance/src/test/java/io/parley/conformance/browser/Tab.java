package io.parley.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// One tab of the browser: real key presses and clicks, and whatever a page can be asked. Calls wait for their answer.
/// What the page itself complains about is collected in [#complaints]. Thread-safe.
public final class Tab {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String target;
    private final DevTools tools;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Tab(String target, DevTools tools) {
        this.target = target;
        this.tools = tools;
    }

    static Tab attach(HttpClient http, String target, URI debugger) {
        var tab = new Tab(target, DevTools.connect(http, debugger));
        tab.tools.on(
                "Runtime.exceptionThrown",
                thrown -> tab.complaints.add(thrown.path("exceptionDetails")
                        .path("exception")
                        .path("description")
                        .asText()));
        tab.tools.on("Log.entryAdded", logged -> {
            if (logged.path("entry").path("source").asText().equals("security"))
                tab.complaints.add(logged.path("entry").path("text").asText());
        });
        tab.call("Page.enable", Map.of());
        tab.call("Runtime.enable", Map.of());
        tab.call("Log.enable", Map.of());
        // Otherwise only one tab of the window counts as looked at.
        tab.call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        tab.size(1180, 760);
        return tab;
    }

    /// Gives every page of this tab a function that hands a text to `listener`.
    public void offer(String function, Consumer<String> listener) {
        tools.on("Runtime.bindingCalled", called -> {
            if (called.path("name").asText().equals(function))
                listener.accept(called.path("payload").asText());
        });
        call("Runtime.addBinding", Map.of("name", function));
    }

    public void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    public void reload() {
        // Leaves a mark that is gone when the new page is there.
        evaluate("window.beforeReload = true");
        call("Page.reload", Map.of());
    }

    public void size(int width, int height) {
        resize(width, height, false);
    }

    public void becomePhone(int width, int height) {
        resize(width, height, true);
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
    }

    private void resize(int width, int height, boolean mobile) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", mobile));
    }

    public void speak(String language) {
        String agent = evaluate("navigator.userAgent").asText();
        call("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", language));
    }

    public void useColours(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// Lets the network of this tab fail, or come back.
    public void offline(boolean offline) {
        call("Network.enable", Map.of());
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /// The value of an expression in the page; null values become a null node.
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        JsonNode thrown = answer.get("exceptionDetails");
        if (thrown != null) throw new AssertionError(expression + " threw " + thrown.path("exception"));
        return answer.path("result").path("value");
    }

    /// Lets the page work something out, without waiting for it.
    public void starts(String expression) {
        tools.tell("Runtime.evaluate", Map.of("expression", expression));
    }

    /// Types into whatever has the focus.
    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    public void press(Key key) {
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
    public void click(String selector) {
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

    public void move(String selector) {
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

    public void screenshot(Path file) {
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
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// The browser's name for it.
    String target() {
        return target;
    }

    /// It can be asked nothing more.
    void detach() {
        tools.close();
    }

    public static String quote(String text) {
        return JSON.valueToTree(text).toString();
    }

    private JsonNode call(String method, Object parameters) {
        return tools.call(method, parameters);
    }

    /// A key of the keyboard.
    public enum Key {
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
}
