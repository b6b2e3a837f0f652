package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.util.Optional;

/// What a call says about its app and its right to speak for it, under whichever of the three generations of
/// names. Source: rest 2.1, 2.2, 2.4.
record Credentials(Optional<String> app, Optional<String> key, Optional<String> masterKey, Optional<String> sign) {

    static Credentials ofHeaders(MultiMap headers) {
        return new Credentials(
                first(headers, "X-LC-Id", "X-AVOSCloud-Application-Id", "X-Uluru-Application-Id"),
                first(headers, "X-LC-Key", "X-AVOSCloud-Application-Key", "X-Uluru-Application-Key"),
                first(headers, "X-AVOSCloud-Master-Key", "X-Uluru-Master-Key"),
                first(headers, "X-LC-Sign", "X-AVOSCloud-Request-Sign"));
    }

    /// Those that a text/plain body carries besides the parameters. They are taken out of `body`.
    static Credentials takenFrom(ObjectNode body) {
        return new Credentials(
                take(body, "_ApplicationId"),
                take(body, "_ApplicationKey"),
                take(body, "_MasterKey"),
                Optional.empty());
    }

    /// The session token of a user. Source: rest 2.1, 2.2.
    static Optional<String> session(MultiMap headers) {
        return first(headers, "X-LC-Session", "X-AVOSCloud-Session-Token", "X-Uluru-Session-Token");
    }

    Credentials or(Credentials other) {
        return new Credentials(
                app.or(other::app), key.or(other::key), masterKey.or(other::masterKey), sign.or(other::sign));
    }

    private static Optional<String> first(MultiMap headers, String... names) {
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !value.isBlank()) return Optional.of(value.strip());
        }
        return Optional.empty();
    }

    static Optional<String> take(ObjectNode body, String key) {
        return Optional.ofNullable(body.remove(key))
                .map(value -> value.asText(""))
                .filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "Credentials[" + app.orElse("") + "]"; // keys never reach a log
    }
}
