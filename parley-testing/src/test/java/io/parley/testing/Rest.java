package io.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Somebody who calls the REST API: an app's client, a user of it, or the application itself. Texts of JSON may
/// use `'` for `"`.
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ParleyServer server;
    private final String key;
    private final Optional<String> session;

    private Rest(ParleyServer server, String key, Optional<String> session) {
        this.server = server;
        this.key = key;
        this.session = session;
    }

    static Rest anybody(ParleyServer server) {
        return new Rest(server, TestApp.KEY, Optional.empty());
    }

    static Rest master(ParleyServer server) {
        return new Rest(server, TestApp.MASTER_KEY + ",master", Optional.empty());
    }

    Rest as(String sessionToken) {
        return new Rest(server, key, Optional.of(sessionToken));
    }

    /// A new user with this name and something behind it, logged in.
    User signUp(String name) throws IOException, InterruptedException {
        String username = name + "-" + UUID.randomUUID();
        JsonNode made = done(
                "POST",
                "/1.1/users",
                "{'username':'" + username + "','password':'cat!','email':'" + username + "@x.org'}");
        return new User(
                made.path("objectId").asText(),
                username,
                made.path("sessionToken").asText(),
                as(made.path("sessionToken").asText()));
    }

    record User(String id, String username, String token, Rest rest) {}

    record Answer(int status, JsonNode body, HttpResponse<String> http) {
        void refusedWith(int expectedStatus, int code) {
            assertThat(status).as("%s", body).isEqualTo(expectedStatus);
            assertThat(body.path("code").asInt()).as("%s", body).isEqualTo(code);
            assertThat(body.path("error").asText()).isNotEmpty();
        }
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /// @param query names and values, one after the other
    static String query(String... query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < query.length; i += 2)
            pairs.put(query[i], URLEncoder.encode(query[i + 1].replace('\'', '"'), UTF_8));
        StringBuilder text = new StringBuilder();
        pairs.forEach((name, value) ->
                text.append(text.isEmpty() ? "?" : "&").append(name).append("=").append(value));
        return text.toString();
    }

    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        session.ifPresent(token -> request.header("X-LC-Session", token));
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()), answer);
    }

    /// The body of a successful answer.
    JsonNode done(String method, String path, String body) throws IOException, InterruptedException {
        Answer answer = call(method, path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 201);
        return answer.body();
    }

    /// A new row; its id.
    String create(String className, String body) throws IOException, InterruptedException {
        return done("POST", "/1.1/classes/" + className, body).path("objectId").asText();
    }

    /// Without what differs from run to run.
    static JsonNode withoutTimes(JsonNode document) {
        if (document instanceof ObjectNode object) object.remove(List.of("createdAt", "updatedAt"));
        return document;
    }
}
