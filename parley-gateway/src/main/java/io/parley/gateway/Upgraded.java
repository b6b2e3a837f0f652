package io.parley.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is kept of the request that a connection was made of.
///
/// @param origin of the web page, when a browser asked
/// @param forwardedFor the client's internet address, when a trusted proxy told it
record Upgraded(Optional<String> origin, Optional<String> forwardedFor) {
    /// It ends up in the store and in the application's hands: an address, or nothing.
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    static Upgraded of(HttpServerRequest request, boolean trustProxy) {
        return new Upgraded(
                Optional.ofNullable(request.getHeader(HttpHeaderNames.ORIGIN)),
                trustProxy ? first(request.getHeader("X-Forwarded-For")) : Optional.empty());
    }

    private static Optional<String> first(@Nullable String addresses) {
        if (addresses == null) return Optional.empty();
        int comma = addresses.indexOf(',');
        String first = (comma < 0 ? addresses : addresses.substring(0, comma)).strip();
        return ADDRESS.matcher(first).matches() ? Optional.of(first) : Optional.empty();
    }
}
