package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// The application's own server, which calls the REST API with the master key.
final class Operator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ParleyServer server;
    private final String key;

    Operator(ParleyServer server) {
        this(server, TestApp.MASTER_KEY + ",master");
    }

    Operator(ParleyServer server, String key) {
        this.server = server;
        this.key = key;
    }

    record Answer(int status, JsonNode body) {}

    /// @param body JSON in which `'` stands for `"`; empty for none
    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
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
