package io.parley.load.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where a server takes WebSockets.
///
/// @param path with query
public record Endpoint(String host, int port, String path) {
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
        String path = "/v1/route?appId=" + URLEncoder.encode(app, StandardCharsets.UTF_8) + "&secure=false";
        return ServerPages.get(server, path)
                .flatMap(route -> ServerPages.member(route, "server"))
                .map(URI::create)
                .map(Endpoint::of)
                .orElseThrow(() -> new IOException("its router knows no way for the app " + app));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
