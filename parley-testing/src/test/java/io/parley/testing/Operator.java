package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/// The application's own server, which calls the REST API with the master key.
final class Operator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ParleyServer server;
    private final String key;
    private final Map<String, String> headers;

    Operator(ParleyServer server) {
        this(server, TestApp.MASTER_KEY + ",master");
    }

    Operator(ParleyServer server, String key) {
        this(server, key, Map.of());
    }

    private Operator(ParleyServer server, String key, Map<String, String> headers) {
        this.server = server;
        this.key = key;
        this.headers = headers;
    }

    /// The same on behalf of a session.
    Operator withSession(String token) {
        return with("X-LC-IM-Session-Token", token);
    }

    Operator with(String header, String value) {
        return new Operator(server, key, Map.of(header, value));
    }

    record Answer(int status, JsonNode body, HttpHeaders headers) {}

    /// @param body JSON in which `'` stands for `"`; empty for none
    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        headers.forEach(request::header);
        var answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()), answer.headers());
    }

    /// The body of a successful answer.
    JsonNode done(String method, String path, String body) throws IOException, InterruptedException {
        Answer answer = call(method, path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    /// A new service conversation.
    String service(String name) throws IOException, InterruptedException {
        return done("POST", "/1.2/rtm/service-conversations", "{'name':'" + name + "'}")
                .path("objectId")
                .asText();
    }
}
