package io.parley.server.http;

import io.vertx.core.http.HttpServerRequest;

/// The answer to what is not HTTP: JSON like every other error, for the oldest SDK throws on anything else.
/// Source: legacy-json 2.2.
final class BadRequest {
    private BadRequest() {}

    static void answer(HttpServerRequest request) {
        request.response()
                .setStatusCode(400)
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Content-Type", "application/json;charset=utf-8")
                .putHeader("Connection", "close")
                .end("{\"code\":1,\"error\":\"Malformed HTTP request.\"}");
    }
}
