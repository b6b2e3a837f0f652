package io.parley.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.parley.core.session.ForwardedAddress;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// What is kept of the request that a connection was made of.
///
/// @param origin of the web page, when a browser asked
/// @param forwardedFor the client's internet address, when a trusted proxy told it
record Upgraded(Optional<String> origin, Optional<String> forwardedFor) {
    static Upgraded of(HttpServerRequest request, boolean trustProxy) {
        return new Upgraded(
                Optional.ofNullable(request.getHeader(HttpHeaderNames.ORIGIN)),
                trustProxy ? ForwardedAddress.of(request.headers().getAll("X-Forwarded-For")) : Optional.empty());
    }
}
