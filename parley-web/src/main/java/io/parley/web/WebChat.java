package io.parley.web;

import io.parley.core.app.App;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The web chat at `/`, the console at `/console`, the demos at `/demo/`, their files and configuration below `/web/`.
/// Thread-safe.
public final class WebChat {
    /// Everything comes from this server; no inline script or style; frames and plugins are off. A WebSocket may go
    /// to another host, because discovery may name a public address that differs from the page's.
    private static final String CONTENT_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self' ws: wss:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private final Map<String, Asset> assets;
    private final Supplier<Optional<App>> app;

    private WebChat(Map<String, Asset> assets, Supplier<Optional<App>> app) {
        this.assets = assets;
        this.app = app;
    }

    /// Adds the routes `/`, `/console`, `/demo/*`, `/web/config.json` and `/web/*`. Reads the files now; afterwards
    /// nothing blocks.
    ///
    /// @param app where visitors chat; asked at every visit, on the event loop, so it must not block. Only its
    ///     id and app key leave the server, both public in any web application
    public static void mount(Router router, Supplier<Optional<App>> app) {
        var chat = new WebChat(Asset.loadAll(), app);
        reading(router, "/").handler(context -> chat.send(context, "index.html"));
        reading(router, "/console").handler(context -> chat.send(context, "console.html"));
        reading(router, "/demo/*").handler(chat::sendDemo);
        router.get("/web/config.json").handler(chat::sendConfig);
        reading(router, "/web/*").handler(chat::sendFile);
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /// `/demo/NAME` is the page of that demo, and `/demo/` the list of all.
    private void sendDemo(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/demo")) {
            // Links of the list are relative to its folder, also behind a proxy that puts something before it.
            context.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, "demo/")
                    .end();
            return;
        }
        String name = path.substring("/demo/".length());
        send(context, "demo/" + (name.isEmpty() ? "index" : name) + ".html");
    }

    private void sendFile(RoutingContext context) {
        send(context, context.normalizedPath().substring("/web/".length()));
    }

    private void send(RoutingContext context, String name) {
        var asset = assets.get(name);
        if (asset == null) {
            context.next(); // the server's own 404
            return;
        }
        HttpServerResponse response = context.response();
        // Browsers ask again each time and usually hear 304: a new release is seen at once.
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, asset.etag())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(asset.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean gzip = accepted != null && accepted.contains("gzip");
        if (gzip) response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        Buffer body = gzip ? asset.gzipped() : asset.content();
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    private void sendConfig(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        app.get()
                .ifPresentOrElse(
                        found -> response.end(new JsonObject()
                                .put("appId", found.id().toString())
                                .put("appKey", found.key())
                                .toBuffer()),
                        () -> response.setStatusCode(404)
                                .end(new JsonObject()
                                        .put("error", "the server has no app yet")
                                        .toBuffer()));
    }
}
