package io.parley.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.core.command.Refusal;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers HTTP requests: takes the body in, finds the route, runs it on a virtual thread, writes the answer.
/// Whatever goes wrong, the answer is JSON with `code` and `error`. Thread-safe once all routes are mounted.
///
/// At most [#MAX_CALLS] calls are worked on at a time; further ones are told to come back.
public final class RestServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RestServer.class);

    /// Source: rest 1.
    static final int MAX_BODY_BYTES = 20 * 1024 * 1024;

    static final int MAX_CALLS = 1024;

    private static final String UNMATCHED = "none";

    private final Vertx vertx;
    private final ApiKeys keys;
    private final PublicAddress address;
    private final MeterRegistry meters;
    private final RouteTable routes = new RouteTable();
    private final Semaphore room = new Semaphore(MAX_CALLS);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("http-", 0).factory());

    public RestServer(Vertx vertx, ApiKeys keys, PublicAddress address, MeterRegistry meters) {
        this.vertx = vertx;
        this.keys = keys;
        this.address = address;
        this.meters = meters;
    }

    public void get(String pattern, Endpoint endpoint) {
        route("GET", pattern, endpoint);
    }

    public void post(String pattern, Endpoint endpoint) {
        route("POST", pattern, endpoint);
    }

    public void put(String pattern, Endpoint endpoint) {
        route("PUT", pattern, endpoint);
    }

    public void delete(String pattern, Endpoint endpoint) {
        route("DELETE", pattern, endpoint);
    }

    /// @param pattern a path whose segments may be `:name`
    private void route(String method, String pattern, Endpoint endpoint) {
        routes.add(method, pattern, endpoint);
    }

    /// Whether some method has a route for the path.
    public boolean serves(String path) {
        return !(routes.find("GET", path) instanceof RouteTable.Found.Unknown);
    }

    /// Takes over a request. Called on its event loop, before its body is read.
    public void handle(HttpServerRequest http) {
        Reply reply = new Reply(http, vertx.getOrCreateContext());
        if (http.method().name().equals("OPTIONS")) {
            Cors.preflight(http);
            return;
        }
        new BodyReader(http, MAX_BODY_BYTES)
                .read(
                        body -> work(http, body, reply),
                        () -> reply.send(Answer.error(413, 413, "Payload too large."), true));
    }

    private void work(HttpServerRequest http, byte[] body, Reply reply) {
        Reached reached = address.reached(http);
        if (!room.tryAcquire()) {
            reply.send(Answer.error(503, 1, "Too many calls at once.").with("Retry-After", "1"), false);
            return;
        }
        threads.execute(() -> {
            try {
                reply.send(answer(http, body, reached), false);
            } finally {
                room.release();
            }
        });
    }

    private Answer answer(HttpServerRequest http, byte[] body, Reached reached) {
        long started = System.nanoTime();
        String pattern = UNMATCHED;
        Answer answer;
        try {
            Request request =
                    new Request(http.method().name(), http.path(), query(http), http.headers(), body, reached);
            switch (routes.find(request.method(), request.path())) {
                case RouteTable.Found.Match match -> {
                    pattern = match.pattern();
                    answer = match.endpoint().handle(new Call(request, keys, match.values()));
                }
                case RouteTable.Found.OtherMethods other ->
                    answer = Answer.error(
                                    405, 1, "This path answers to " + String.join(", ", other.allowed()) + " only.")
                            .with("Allow", String.join(", ", other.allowed()));
                case RouteTable.Found.Unknown unknown ->
                    answer = Answer.error(404, 1, "There is nothing at " + request.path());
            }
        } catch (HttpRefusal refusal) {
            answer = Answer.error(refusal);
        } catch (Refusal refusal) {
            answer = Answer.error(refusal);
        } catch (RuntimeException | StackOverflowError failure) {
            log.error("HTTP call failed method={} route={}", http.method(), pattern, failure);
            answer = Answer.error(500, 1, "Internal server error.");
        }
        record(pattern, answer.status(), System.nanoTime() - started);
        log.debug("HTTP call method={} route={} status={}", http.method(), pattern, answer.status());
        return answer;
    }

    private static MultiMap query(HttpServerRequest http) {
        try {
            return http.params();
        } catch (IllegalArgumentException e) {
            throw HttpRefusal.badRequest("the query string is not properly percent-encoded");
        }
    }

    private void record(String pattern, int status, long nanoseconds) {
        Timer.builder("parley.http.calls")
                .description("HTTP calls by route and status, in seconds")
                .tag("route", pattern)
                .tag("status", Integer.toString(status))
                .register(meters)
                .record(Duration.ofNanos(nanoseconds));
    }

    /// Waits for the calls that are being worked on.
    @Override
    public void close() {
        threads.close();
    }

    /// The way back to the client, from any thread. Nothing happens when the client is gone.
    private record Reply(HttpServerRequest http, Context context) {
        void send(Answer answer, boolean last) {
            boolean gzip = Compression.wanted(answer, http.getHeader("Accept-Encoding"));
            byte[] body = gzip ? Compression.gzip(answer.body()) : answer.body();
            context.runOnContext(nothing -> write(answer, body, gzip, last));
        }

        private void write(Answer answer, byte[] body, boolean gzip, boolean last) {
            var response = http.response();
            if (response.closed() || response.ended()) return;
            response.setStatusCode(answer.status());
            Cors.allow(response);
            response.putHeader("Content-Type", answer.contentType());
            for (Map.Entry<String, String> header : answer.headers().entrySet())
                response.putHeader(header.getKey(), header.getValue());
            if (gzip) response.putHeader("Content-Encoding", "gzip").putHeader("Vary", "Accept-Encoding");
            if (last) response.putHeader("Connection", "close");
            boolean bodyless = http.method().name().equals("HEAD") || answer.status() == 304;
            if (answer.status() != 304) response.putHeader("Content-Length", Integer.toString(body.length));
            if (bodyless) response.end();
            else response.end(Buffer.buffer(body));
        }
    }
}
