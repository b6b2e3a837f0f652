package io.parley.conformance.own;

import io.parley.client.AVIMOptions;
import io.parley.client.AVIMRealtime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/// One connection with its clients. Thread-safe.
final class Device {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMillis(300);

    final AVIMRealtime realtime;
    final Network network = new Network();

    /// What a test calls the login that a client has now, by client id.
    private final Map<String, String> handles = new ConcurrentHashMap<>();

    private final Map<String, CompletableFuture<Void>> returning = new ConcurrentHashMap<>();

    /// @param pushed whether missed messages are sent instead of counted
    Device(AVIMOptions.Builder options, OkHttpClient http, boolean pushed) {
        realtime = AVIMRealtime.create(
                options.httpClient(http.newBuilder().socketFactory(network).build())
                        .retry(SHORT, LONG)
                        .unreadCounts(!pushed)
                        .build());
    }

    String handle(String clientId) {
        return handles.getOrDefault(clientId, clientId);
    }

    void isCalled(String clientId, String handle) {
        handles.put(clientId, handle);
    }

    void loses() {
        network.goes();
        realtime.networkLost();
    }

    /// Done when the client is logged in again.
    CompletableFuture<Void> regains(String clientId) {
        CompletableFuture<Void> back = returning.computeIfAbsent(clientId, id -> new CompletableFuture<>());
        network.comesBack();
        realtime.networkChanged();
        return back;
    }

    void resumed(String clientId) {
        CompletableFuture<Void> back = returning.remove(clientId);
        if (back != null) back.complete(null);
    }
}
