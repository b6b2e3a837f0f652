package io.parley.client.internal;

import io.parley.client.AVIMException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Asks the server's route directory, and remembers its answer as long as it says. Source: protocol 1.4. */
public final class HttpRoutes implements Routes {
    private final HttpCalls http;
    private final String appId;
    private final boolean secure;
    private final LongSupplier clock;

    // guarded by this
    private List<String> known = List.of();
    private long validUntil;

    /**
     * @param secure ask for sockets with TLS
     * @param clock in nanoseconds
     */
    public HttpRoutes(HttpCalls http, String appId, boolean secure, LongSupplier clock) {
        this.http = http;
        this.appId = appId;
        this.secure = secure;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<List<String>> find(boolean fresh) {
        synchronized (this) {
            if (!fresh && !known.isEmpty() && clock.getAsLong() - validUntil < 0)
                return CompletableFuture.completedFuture(known);
        }
        return http.get("/v1/route", Map.of("appId", appId, "secure", secure ? "1" : "0"), Map.of())
                .thenCompose(this::remember);
    }

    private CompletableFuture<List<String>> remember(Map<String, Object> route) {
        List<String> urls = new ArrayList<>();
        for (String key : List.of("server", "secondary")) {
            Object url = route.get(key);
            if (url instanceof String && !urls.contains(url)) urls.add((String) url);
        }
        if (urls.isEmpty())
            return Futures.failed(
                    new AVIMException(AVIMException.CONNECTION_FAILED, "the server's route directory names no socket"));
        Object ttl = route.get("ttl");
        synchronized (this) {
            known = List.copyOf(urls);
            validUntil = clock.getAsLong()
                    + TimeUnit.SECONDS.toNanos(ttl instanceof Number ? ((Number) ttl).longValue() : 0);
            return CompletableFuture.completedFuture(known);
        }
    }
}
