package io.parley.rest;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Lets pages of any origin call: the keys are the protection, not the origin. Source: rest 1, legacy-json 2.2.
final class Cors {
    private static final String HEADERS =
            "Content-Type, X-LC-Id, X-LC-Key, X-LC-Sign, X-LC-Session, X-LC-UA, X-LC-Prod, "
                    + "X-LC-IM-Session-Token, X-LC-Hook-Key, X-Requested-With, "
                    + "X-Uluru-Application-Id, X-Uluru-Application-Key, X-Uluru-Application-Production, X-Uluru-Session-Token, "
                    + "X-AVOSCloud-Application-Id, X-AVOSCloud-Application-Key, X-AVOSCloud-Application-Production, "
                    + "X-AVOSCloud-Request-Sign, X-AVOSCloud-Session-Token";

    private Cors() {}

    static void allow(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Origin", "*");
    }

    static void preflight(HttpServerRequest http) {
        HttpServerResponse response = http.response();
        allow(response);
        // Names cannot be given as patterns, so whatever SDK header is asked for is granted.
        String asked = http.getHeader("Access-Control-Request-Headers");
        response.setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", asked == null ? HEADERS : HEADERS + ", " + asked)
                .putHeader("Access-Control-Max-Age", "86400")
                .end();
    }
}
