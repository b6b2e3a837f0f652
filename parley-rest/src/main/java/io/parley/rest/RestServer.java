package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.parley.core.command.Refusal;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /// Uploads and downloads, which take as long as the client's line makes them.
    static final int MAX_STREAMS = 512;

    private static final String UNMATCHED = "none";

    private final Vertx vertx;
    private final ApiKeys keys;
    private final PublicAddress address;
    private final MeterRegistry meters;
    private final RouteTable routes = new RouteTable();
    private final Semaphore room = new Semaphore(MAX_CALLS);
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
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

    /// A route whose endpoint reads the body while it arrives, by [Call#stream]: it may be larger than memory.
    public void streaming(String method, String pattern, Endpoint endpoint) {
        routes.add(method, pattern, endpoint, true);
    }

    /// @param pattern a path whose segments may be `:name`, and the last one `*name`, which takes all that is
    ///     left
    private void route(String method, String pattern, Endpoint endpoint) {
        routes.add(method, pattern, endpoint);
    }

    /// Whether some method has a route for the path.
    public boolean serves(String path) {
        return !(routes.find("GET", path) instanceof RouteTable.Found.Unknown);
    }

    /// Every mounted route as its method and pattern, such as `GET /1.1/date`.
    public Set<String> routes() {
        return routes.all();
    }

    /// Takes over a request. Called on its event loop, before its body is read.
    public void handle(HttpServerRequest http) {
        Reply reply = new Reply(http, vertx.getOrCreateContext());
        if (http.method().name().equals("OPTIONS")) {
            Cors.preflight(http);
            return;
        }
        if (isStreaming(http)) {
            InputStream stream = new RequestStream(http, reply.context);
            work(http, new byte[0], Optional.of(stream), streams, reply);
            return;
        }
        new BodyReader(http, MAX_BODY_BYTES)
                .read(
                        body -> work(http, body, Optional.empty(), room, reply),
                        () -> reply.send(Answer.error(413, 413, "Payload too large."), true));
    }

    private boolean isStreaming(HttpServerRequest http) {
        try {
            return routes.find(http.method().name(), http.path()) instanceof RouteTable.Found.Match match
                    && match.streaming();
        } catch (HttpRefusal malformed) {
            return false; // and told so when the call is worked on
        }
    }

    private void work(HttpServerRequest http, byte[] body, Optional<InputStream> stream, Semaphore room, Reply reply) {
        Reached reached = address.reached(http);
        if (!room.tryAcquire()) {
            reply.send(Answer.error(503, 1, "Too many calls at once.").with("Retry-After", "1"), stream.isPresent());
            return;
        }
        threads.execute(() -> {
            Answer answer;
            try {
                answer = answer(http, body, stream, reached);
            } finally {
                room.release();
            }
            if (answer.stream().isPresent()) send(answer, reply);
            else reply.send(answer, stream.isPresent());
        });
    }

    /// Sends an answer that takes its time.
    private void send(Answer answer, Reply reply) {
        if (!streams.tryAcquire()) {
            reply.send(Answer.error(503, 1, "Too many downloads at once.").with("Retry-After", "1"), false);
            return;
        }
        try {
            reply.stream(answer);
        } finally {
            streams.release();
        }
    }

    private Answer answer(HttpServerRequest http, byte[] body, Optional<InputStream> stream, Reached reached) {
        long started = System.nanoTime();
        Outcome outcome;
        try {
            var request = new Request(http.method().name(), http.path(), query(http), http.headers(), body, reached);
            outcome = run(request, stream);
        } catch (HttpRefusal refusal) {
            outcome = new Outcome(UNMATCHED, Answer.error(refusal));
        }
        Answer answer = outcome.answer;
        record(outcome.pattern, answer.status(), System.nanoTime() - started);
        log.debug("HTTP call method={} route={} status={}", http.method(), outcome.pattern, answer.status());
        return answer;
    }

    /// Answers a call that came inside another one, by the same caller and with the same rights.
    ///
    /// @param path with its query string
    Answer inner(Call outer, String method, String path, ObjectNode parameters, ObjectNode body) {
        int question = path.indexOf('?');
        MultiMap query = MultiMap.caseInsensitiveMultiMap();
        if (question >= 0)
            new QueryStringDecoder(path).parameters().forEach((name, values) -> query.add(name, values.getLast()));
        for (Map.Entry<String, JsonNode> one : parameters.properties())
            query.set(
                    one.getKey(),
                    one.getValue().isValueNode()
                            ? one.getValue().asText()
                            : one.getValue().toString());
        String bare = question < 0 ? path : path.substring(0, question);
        return run(outer.request().inner(method, bare, query, body), Optional.empty()).answer;
    }

    private record Outcome(String pattern, Answer answer) {}

    private Outcome run(Request request, Optional<InputStream> stream) {
        String pattern = UNMATCHED;
        Answer answer;
        try {
            switch (routes.find(request.method(), request.path())) {
                case RouteTable.Found.Match match -> {
                    pattern = match.pattern();
                    if (match.streaming() && stream.isEmpty())
                        throw HttpRefusal.badRequest("this path takes no part in batches: " + request.path());
                    answer = match.endpoint().handle(new Call(request, keys, match.values(), stream));
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
            log.error("HTTP call failed method={} route={}", request.method(), pattern, failure);
            answer = Answer.error(500, 1, "Internal server error.");
        }
        return new Outcome(pattern, answer);
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
            head(answer);
            if (gzip) response.putHeader("Content-Encoding", "gzip").putHeader("Vary", "Accept-Encoding");
            if (last) response.putHeader("Connection", "close");
            if (answer.status() != 304) response.putHeader("Content-Length", Integer.toString(body.length));
            if (isBodyless(answer)) response.end();
            else response.end(Buffer.buffer(body));
        }

        private void head(Answer answer) {
            var response = http.response();
            response.setStatusCode(answer.status());
            Cors.allow(response);
            response.putHeader("Content-Type", answer.contentType());
            for (Map.Entry<String, String> header : answer.headers().entrySet())
                response.putHeader(header.getKey(), header.getValue());
        }

        private boolean isBodyless(Answer answer) {
            return http.method().name().equals("HEAD") || answer.status() == 304;
        }

        /// Sends the answer piece by piece. Blocks until it has left.
        void stream(Answer answer) {
            Answer.Stream body = answer.stream().orElseThrow();
            context.runOnContext(now -> {
                var response = http.response();
                if (response.closed() || response.ended()) return;
                head(answer);
                response.putHeader("Content-Length", Long.toString(body.length()));
                if (isBodyless(answer)) response.end();
            });
            if (isBodyless(answer)) return;
            var out = new ResponseStream(http.response(), context);
            try {
                body.writer().writeTo(out);
                out.close();
            } catch (IOException | RuntimeException e) {
                log.debug("a download ended early", e);
                out.abort();
            }
        }
    }
}
