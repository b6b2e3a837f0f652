package io.parley.server.http;

import io.parley.server.config.ServerConfig.Upstream;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands calls that are not for us on to the server that stood here before, and its answers back, byte by byte as they
/// come. A call can choose the path there, never the server: that one is in the configuration. Redirects go back to
/// whoever called. Lives on event loops; never blocks.
public final class PassThrough implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PassThrough.class);

    /// Mean one connection only. Source: RFC 9110, 7.6.1.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /// Ours, whatever the rules say: they speak of this server.
    private static final List<String> OWN = List.of("/x/", "/health", "/metrics");

    /// In `Via`: a call that comes back to us has gone in a circle.
    private static final String NAME = "parley";

    private static final int CONNECT_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 60;

    private final Upstream upstream;
    private final Predicate<String> served;
    private final HttpClient client;

    /// @param served whether this server has something at a path
    public PassThrough(Vertx vertx, Upstream upstream, Predicate<String> served) {
        this.upstream = upstream;
        this.served = served;
        client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setDecompressionSupported(false));
    }

    /// Whether a call is for the other server. The rule with the longest matching path decides; without one, what we
    /// do not have is for the other.
    public boolean takes(HttpServerRequest call) {
        String path = call.path();
        if (path == null || OWN.stream().anyMatch(path::startsWith)) return false;
        int pass = longest(upstream.pass(), path);
        int keep = longest(upstream.keep(), path);
        if (pass != keep) return pass > keep;
        return !served.test(path);
    }

    private static int longest(List<String> prefixes, String path) {
        return prefixes.stream()
                .filter(prefix -> isBelow(path, prefix))
                .mapToInt(String::length)
                .max()
                .orElse(-1);
    }

    /// `/1.1/users` covers `/1.1/users/me`, not `/1.1/usersByMail`.
    private static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix)
                && (prefix.endsWith("/") || path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    public void handle(HttpServerRequest call) {
        String via = call.getHeader("Via");
        if (via != null && via.contains(NAME)) {
            refuse(call, 508, "The upstream leads back to this server.");
            return;
        }
        call.pause();
        URI server = upstream.url();
        boolean tls = "https".equals(server.getScheme());
        int port = server.getPort() != -1 ? server.getPort() : tls ? 443 : 80;
        client.request(new RequestOptions()
                        .setMethod(call.method())
                        .setHost(server.getHost())
                        .setPort(port)
                        .setSsl(tls)
                        .setURI(target(call)))
                .compose(request -> send(call, request))
                .onSuccess(answer -> reply(call, answer))
                .onFailure(failure -> {
                    log.warn("The upstream did not answer method={} cause={}", call.method(), failure.toString());
                    refuse(call, 502, "The upstream cannot be reached.");
                });
    }

    /// Path and query only: a request line may name a whole address, even another server's.
    private String target(HttpServerRequest call) {
        String base = upstream.url().getRawPath() == null ? "" : upstream.url().getRawPath();
        String prefix = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        String query = call.query();
        String path = call.path();
        return prefix + path + (query == null || query.isEmpty() ? "" : "?" + query);
    }

    private static io.vertx.core.Future<HttpClientResponse> send(HttpServerRequest call, HttpClientRequest request) {
        copy(call.headers(), request.headers());
        request.headers().remove("Host"); // the client names the server it calls
        request.headers().add("Via", "1.1 " + NAME);
        String from = call.remoteAddress().host();
        if (from != null) request.headers().add("X-Forwarded-For", from);
        boolean length = call.headers().contains("Content-Length");
        if (!length && call.headers().contains("Transfer-Encoding")) request.setChunked(true);
        if (!length && !request.isChunked()) {
            call.resume();
            return request.send();
        }
        return request.send(call);
    }

    private static void reply(HttpServerRequest call, HttpClientResponse answer) {
        var response = call.response();
        if (response.closed()) {
            answer.request().reset();
            return;
        }
        response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
        copy(answer.headers(), response.headers());
        if (!answer.headers().contains("Content-Length")) response.setChunked(true);
        // What breaks off there breaks off here, too: a cut answer must not look whole.
        answer.pipeTo(response).onFailure(broken -> call.connection().close());
    }

    private static void copy(MultiMap from, MultiMap to) {
        Set<String> named = connectionOptions(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !named.contains(name)) to.add(header.getKey(), header.getValue());
        }
    }

    private static Set<String> connectionOptions(MultiMap headers) {
        String options = headers.get("Connection");
        return options == null
                ? Set.of()
                : Set.of(options.toLowerCase(Locale.ROOT).split("[,\\s]+"));
    }

    private static void refuse(HttpServerRequest call, int status, String error) {
        var response = call.response();
        if (response.headWritten() || response.closed()) return;
        call.resume();
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=utf-8")
                .putHeader("Access-Control-Allow-Origin", "*")
                .end(Buffer.buffer("{\"code\":" + status + ",\"error\":\"" + error + "\"}"));
    }

    @Override
    public void close() {
        client.close().await();
    }
}
