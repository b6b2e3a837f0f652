package io.parley.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// Collects the body of one request, up to a limit. Lives on the request's event loop.
final class BodyReader {
    private final HttpServerRequest http;
    private final int limit;
    private final Buffer collected = Buffer.buffer(0);
    private boolean tooLong;

    BodyReader(HttpServerRequest http, int limit) {
        this.http = http;
        this.limit = limit;
    }

    /// Calls exactly one of the two, unless the client goes away first.
    void read(Consumer<byte[]> whole, Runnable overLimit) {
        if (announced() > limit) {
            tooLong = true;
            overLimit.run();
            return;
        }
        http.handler(part -> {
            if (tooLong) return;
            if (collected.length() + part.length() > limit) {
                tooLong = true;
                overLimit.run();
            } else {
                collected.appendBuffer(part);
            }
        });
        http.endHandler(end -> {
            if (!tooLong) whole.accept(collected.getBytes());
        });
    }

    private long announced() {
        String length = http.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
