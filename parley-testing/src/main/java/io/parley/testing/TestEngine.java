package io.parley.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An application's own server in a test: cloud functions and hooks as LeanEngine serves them, and any other path.
/// Writes down every call, and fails when it is told to. Thread-safe.
public final class TestEngine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTIONS = "/1.1/functions/";
    private static final long PATIENCE_SECONDS = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function> functions = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Call>> calls = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// What a function makes of its parameters.
    @FunctionalInterface
    public interface Function {
        Answer run(Call call) throws InterruptedException;
    }

    /// @param path as it was asked for
    /// @param headers by lower-case name
    /// @param bytes the body as it came
    @SuppressWarnings("ArrayRecordComponent")
    public record Call(String path, Map<String, String> headers, byte[] bytes) {
        public JsonNode body() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// @param name in lower case
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public record Answer(int status, String body) {
        /// As a function that returned this; single quotes stand for double ones.
        public static Answer result(String json) {
            return new Answer(200, "{\"result\":" + json.replace('\'', '"') + "}");
        }

        public static Answer status(int status) {
            return new Answer(status, "{\"code\":1,\"error\":\"told to fail\"}");
        }
    }

    private TestEngine(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for a test", e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /// An engine without functions on a free port of 127.0.0.1.
    public static TestEngine start() {
        return new TestEngine(0);
    }

    /// On a port that another one had before.
    public static TestEngine start(int port) {
        return new TestEngine(port);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Defines a cloud function, or what answers at a path that begins with a slash.
    public TestEngine define(String name, Function function) {
        functions.put(name, function);
        return this;
    }

    /// A function that always gives this result; single quotes stand for double ones.
    public TestEngine define(String name, String result) {
        return define(name, call -> Answer.result(result));
    }

    public void undefine(String name) {
        functions.remove(name);
    }

    /// The next call of a function or path, waiting for it.
    public Call next(String name) throws InterruptedException {
        return Optional.ofNullable(queue(name).poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("nobody called " + name));
    }

    /// The calls so far that nobody has looked at.
    public List<Call> calls(String name) {
        List<Call> all = new ArrayList<>();
        queue(name).drainTo(all);
        return all;
    }

    /// For functions: waits until the engine is closed, as one that hangs.
    public Answer hang() throws InterruptedException {
        closing.await();
        return Answer.status(500);
    }

    private BlockingQueue<Call> queue(String name) {
        return calls.computeIfAbsent(name, same -> new LinkedBlockingQueue<>());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            Answer answer =
                    answer(new Call(path, headers, exchange.getRequestBody().readAllBytes()));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(Call call) throws InterruptedException, JsonProcessingException {
        if (call.path().equals(FUNCTIONS + "_ops/metadatas")) {
            ObjectNode names = JSON.createObjectNode();
            var list = names.putArray("result");
            for (String name : functions.keySet()) if (!name.startsWith("/")) list.add(name);
            return new Answer(200, JSON.writeValueAsString(names));
        }
        String name = call.path().startsWith(FUNCTIONS) ? call.path().substring(FUNCTIONS.length()) : call.path();
        Function function = functions.get(name);
        if (function == null)
            return new Answer(404, "{\"code\":1,\"error\":\"No such cloud function '" + name + "'\"}");
        queue(name).add(call);
        return function.run(call);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
