package io.parley.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.client.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The three steps of an upload, as the protocol has them. Source: protocol 1.6 j.
final class FileService implements AutoCloseable {
    private final HttpServer http;
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final BlockingQueue<Map<String, Object>> tokens = new LinkedBlockingQueue<>();
    final BlockingQueue<Map<String, Object>> callbacks = new LinkedBlockingQueue<>();
    final BlockingQueue<String> types = new LinkedBlockingQueue<>();
    private volatile int status = 200;

    FileService() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/1.1/fileTokens", this::token);
        http.createContext("/up/", this::upload);
        http.createContext("/1.1/fileCallback", this::callback);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    void refusesUploads() {
        status = 500;
    }

    private void token(HttpExchange call) throws IOException {
        tokens.add(body(call));
        String key = "key" + tokens.size();
        answer(
                call,
                201,
                Json.write(Map.of(
                        "objectId", "id-" + key,
                        "provider", "s3",
                        "token", "t-" + key,
                        "key", key,
                        "url", url() + "/" + key,
                        "upload_url", url() + "/up/" + key)));
    }

    private void upload(HttpExchange call) throws IOException {
        types.add(call.getRequestMethod() + " " + call.getRequestHeaders().getFirst("Content-Type"));
        files.put(
                call.getRequestURI().getPath().substring("/up/".length()),
                call.getRequestBody().readAllBytes());
        answer(call, status, "{}");
    }

    private void callback(HttpExchange call) throws IOException {
        callbacks.add(body(call));
        answer(call, 200, "{}");
    }

    private static Map<String, Object> body(HttpExchange call) throws IOException {
        return Json.object(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange call, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
