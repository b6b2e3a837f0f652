package io.parley.web;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// One file of the page, ready to send.
///
/// @param type value of `Content-Type`
/// @param etag from the content; weak, because both forms share it
/// @param content as it is
/// @param gzipped the same, compressed once
record Asset(String type, String etag, Buffer content, Buffer gzipped) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

    /// All files below `web/` on the class path, by their path there, such as `chat/main.js`.
    static Map<String, Asset> loadAll() {
        try {
            URI index = Objects.requireNonNull(
                            Asset.class.getResource("/web/index.html"), "the web chat is not on the class path")
                    .toURI();
            if (!index.getScheme().equals("jar")) return loadFrom(Path.of(index).resolveSibling(""));
            try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
                return loadFrom(jar.getPath("web"));
            } catch (FileSystemAlreadyExistsException shared) {
                return loadFrom(
                        FileSystems.getFileSystem(index).getPath("web")); // opened by someone else, who closes it
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("reading the files of the web chat", failure);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException("reading the files of the web chat", failure);
        }
    }

    private static Map<String, Asset> loadFrom(Path root) throws IOException {
        Map<String, Asset> assets = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = root.relativize(file).toString().replace('\\', '/');
                assets.put(name, of(name, Files.readAllBytes(file)));
            }
        }
        return Map.copyOf(assets);
    }

    private static Asset of(String name, byte[] content) throws IOException {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        var gzipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(content);
        }
        return new Asset(
                TYPES.getOrDefault(ending, PLAIN_TEXT),
                "W/\"" + digest(content) + '"',
                Buffer.buffer(content),
                Buffer.buffer(gzipped.toByteArray()));
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
