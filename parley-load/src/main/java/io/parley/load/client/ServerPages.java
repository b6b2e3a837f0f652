package io.parley.load.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The few HTTP pages of a server that the tool reads. Each call blocks, for 10 s at most.
public final class ServerPages {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServerPages() {}

    /// A page's body; empty when the server answers with anything but 200.
    ///
    /// @param path with query, from the root
    /// @throws IOException when no server answers
    public static Optional<String> get(URI server, String path) throws IOException, InterruptedException {
        URI page = URI.create(server.toString().replaceAll("/$", "") + path);
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return Optional.of(response)
                    .filter(answer -> answer.statusCode() == 200)
                    .map(HttpResponse::body);
        }
    }

    /// A string member of a flat JSON object.
    public static Optional<String> member(String json, String name) {
        Matcher found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
        return found.find() ? Optional.of(found.group(1).replace("\\/", "/")) : Optional.empty();
    }
}
