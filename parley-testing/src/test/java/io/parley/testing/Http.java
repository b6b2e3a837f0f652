package io.parley.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// A small HTTP client for tests.
final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client;

    Http() {
        this(HttpClient.newHttpClient());
    }

    Http(HttpClient client) {
        this.client = client;
    }

    HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode json(String url, String... headers) throws IOException, InterruptedException {
        return JSON.readTree(get(url, headers).body());
    }
}
