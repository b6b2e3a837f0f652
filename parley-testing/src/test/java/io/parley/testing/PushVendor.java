package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Plays a vendor of Android phones, and a webhook. Thread-safe.
final class PushVendor implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final BlockingQueue<Map<String, String>> notifications = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String answer = "{\"result\":\"ok\",\"code\":0,\"data\":{}}";

    PushVendor() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int how = status; // before anybody hears of the call and changes it
            String what = answer;
            boolean webhook = exchange.getRequestURI().getPath().equals("/webhook");
            notifications.add(webhook ? Map.of("json", body) : form(body));
            byte[] bytes = webhook ? new byte[0] : what.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(how, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String field : body.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(decode(parts[0]), decode(parts[1]));
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// From now on.
    void answers(int status, String answer) {
        this.status = status;
        this.answer = answer.replace('\'', '"');
    }

    /// A file with credentials for the vendor.
    Path credentials(Path folder) {
        return write(folder.resolve("xiaomi.json"), "{'appSecret':'s','endpoint':'" + url() + "'}");
    }

    Path webhook(Path folder) {
        return write(folder.resolve("webhook.json"), "{'secret':'s','url':'" + url() + "/webhook'}");
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The next call: fields of the form, or `json`.
    Map<String, String> next() throws InterruptedException {
        Map<String, String> next = notifications.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("a notification").isNotNull();
        return next;
    }

    JsonNode nextJson() throws InterruptedException {
        return json(next().getOrDefault("json", ""));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was called for so far and nobody looked at.
    List<Map<String, String>> rest() {
        List<Map<String, String>> rest = new ArrayList<>();
        notifications.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
