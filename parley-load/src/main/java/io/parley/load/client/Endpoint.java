package io.parley.load.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a server takes WebSockets.
///
/// @param path with query
public record Endpoint(String host, int port, String path) {
    private static final Pattern SERVER = Pattern.compile("\"server\"\\s*:\\s*\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// @param webSocket as in `ws://127.0.0.1:8080/`; the tool speaks no TLS
    public static Endpoint of(URI webSocket) {
        if (!"ws".equals(webSocket.getScheme())) {
            throw new IllegalArgumentException("only ws:// addresses can be loaded, not " + webSocket);
        }
        String path = webSocket.getRawPath() == null || webSocket.getRawPath().isEmpty() ? "/" : webSocket.getRawPath();
        String query = webSocket.getRawQuery() == null ? "" : "?" + webSocket.getRawQuery();
        int port = webSocket.getPort() < 0 ? 80 : webSocket.getPort();
        return new Endpoint(webSocket.getHost(), port, path + query);
    }

    /// Asks a server's router, as SDKs do. Blocks. Source: protocol 1.4.
    ///
    /// @param server as in `http://127.0.0.1:8080`
    public static Endpoint discover(URI server, String app) throws IOException, InterruptedException {
        String query = "appId=" + URLEncoder.encode(app, StandardCharsets.UTF_8) + "&secure=false";
        URI router = URI.create(server.toString().replaceAll("/$", "") + "/v1/route?" + query);
        try (HttpClient http = http()) {
            HttpRequest request =
                    HttpRequest.newBuilder(router).timeout(PATIENCE).build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher found = SERVER.matcher(response.body());
            if (response.statusCode() != 200 || !found.find()) {
                throw new IOException(router + " answered " + response.statusCode() + ": " + response.body());
            }
            return of(URI.create(found.group(1).replace("\\/", "/")));
        }
    }

    private static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
