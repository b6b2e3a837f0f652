package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One HTTP request before any route looked at it. Used by one thread at a time.
final class Request {
    private static final List<String> TRANSPORT_KEYS =
            List.of("_ApplicationProduction", "_InstallationId", "_ClientVersion");

    private final String method;
    private final String path;
    private final MultiMap query;
    private final MultiMap headers;
    private final byte[] body;
    private final Reached reached;
    private final Credentials credentials;
    private final Optional<String> session;
    private @Nullable ObjectNode json;

    /// A text/plain body is JSON that carries credentials and the real method: what browsers send to avoid a
    /// preflight. Source: rest 2.4.
    Request(String method, String path, MultiMap query, MultiMap headers, byte[] body, Reached reached) {
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.reached = reached;
        Credentials inHeaders = Credentials.ofHeaders(headers);
        Optional<String> sessionInBody = Optional.empty();
        if (body.length > 0 && isPlainText(headers)) {
            ObjectNode object = Json.parseObject(body);
            this.json = object;
            this.credentials = inHeaders.or(Credentials.takenFrom(object));
            sessionInBody = Credentials.take(object, "_SessionToken");
            JsonNode override = object.remove("_method");
            this.method = override == null || !method.equals("POST")
                    ? method
                    : override.asText().toUpperCase(Locale.ROOT);
            object.remove(TRANSPORT_KEYS);
        } else {
            this.credentials = inHeaders;
            this.method = method;
        }
        Optional<String> sessionInHeaders = Credentials.session(headers);
        this.session = sessionInHeaders.isPresent() ? sessionInHeaders : sessionInBody;
    }

    private Request(Request outer, String method, String path, MultiMap query, ObjectNode body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = outer.headers;
        this.body = Json.bytes(body);
        this.reached = outer.reached;
        this.credentials = outer.credentials;
        this.session = outer.session;
        this.json = body;
    }

    /// A call inside another one, by the same caller.
    Request inner(String method, String path, MultiMap query, ObjectNode body) {
        return new Request(this, method, path, query, body);
    }

    private static boolean isPlainText(MultiMap headers) {
        String type = headers.get("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/plain");
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    MultiMap query() {
        return query;
    }

    MultiMap headers() {
        return headers;
    }

    byte[] bytes() {
        return body;
    }

    boolean hasBody() {
        return body.length > 0;
    }

    Reached reached() {
        return reached;
    }

    Credentials credentials() {
        return credentials;
    }

    /// The session token of a user.
    Optional<String> session() {
        return session;
    }

    ObjectNode json() {
        ObjectNode known = json;
        if (known == null) json = known = Json.parseObject(body);
        return known;
    }
}
