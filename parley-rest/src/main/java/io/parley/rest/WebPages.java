package io.parley.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Static pages from a folder on the class path, kept in memory once read. Whatever is not a page is a JSON 404.
/// Thread-safe.
public final class WebPages {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("mjs", "text/javascript;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("json", "application/json;charset=utf-8"),
            Map.entry("map", "application/json;charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final ClassLoader loader;
    private final String folder;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /// @param folder a class-path folder without slashes at its ends
    public WebPages(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    public void mount(RestServer server) {
        server.get("/*", this::page);
    }

    private Answer page(Call call) {
        Page page = find(call.path()).orElseThrow(() -> new HttpRefusal(404, 1, "There is nothing at " + call.path()));
        boolean known = call.header("If-None-Match").filter(page.etag::equals).isPresent();
        return new Answer(known ? 304 : 200, page.type, known ? new byte[0] : page.bytes, Map.of())
                .with("ETag", page.etag)
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff");
    }

    private Optional<Page> find(String path) {
        String file = path.endsWith("/") ? path + "index.html" : path;
        // Only plain names: no way up, no escapes, and a type we know.
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        if (type == null || !file.matches("(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+")) return Optional.empty();
        Page known = pages.get(file);
        if (known != null) return Optional.of(known);
        byte[] bytes = read(folder + file);
        if (bytes == null) return Optional.empty();
        Page page = new Page(type, bytes, etag(bytes));
        pages.put(file, page);
        return Optional.of(page);
    }

    private byte @Nullable [] read(String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page " + resource, e);
        }
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, 12)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Page(String type, byte[] bytes, String etag) {}
}
