package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.Checksums;
import io.parley.migrate.archive.Durable;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.SetWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// The bytes of files: one download per `_File` row whose bytes LeanCloud keeps. The bytes lie in the archive under
/// the checksum of their key, so that no key can lead elsewhere.
final class FileContents implements Step {
    private static final long MAX_FILE = 1L << 30;
    private static final int MAX_TRIES = 3;

    private final FileHost host;

    FileContents(FileHost host) {
        this.host = host;
    }

    @Override
    public SetName set() {
        return SetName.FILE_CONTENTS;
    }

    @Override
    public void run(RestClient rest, ArchiveWriter archive, Watcher watcher) throws IOException {
        try (SetWriter out = archive.set(set());
                HttpClient http = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(20))
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build()) {
            SeenIds done = new SeenIds();
            ArchiveReader reader = new ArchiveReader(archive.folder());
            reader.forEach(set(), line -> done.add(line.json().path("objectId").asText()), Step::refuseDamage);
            watcher.expected(set(), archive.manifest().set(SetName.FILES).lines());
            reader.forEach(
                    SetName.FILES,
                    line -> {
                        if (!done.add(line.json().path("objectId").asText())) return;
                        take(http, archive.folder(), line.json(), out, watcher);
                        if (watcher.stopWanted()) throw new Stopped();
                    },
                    Step::refuseDamage);
            out.complete(Lines.object());
            watcher.added(set(), out.info().lines(), "");
        }
    }

    private void take(HttpClient http, Path archive, JsonNode row, SetWriter out, Watcher watcher) throws IOException {
        String id = row.path("objectId").asText();
        String key = row.path("key").asText();
        if (row.at("/metaData/__source").asText().equals("external")) return; // the link is all there is
        Optional<URI> from = host.locate(key, row.path("url").asText());
        if (from.isEmpty()) {
            watcher.skipped(set(), "file " + id + ": neither a file domain nor a link to a known file host");
            return;
        }
        String name = HexFormat.of()
                .formatHex(Checksums.sha256().digest((key.isEmpty() ? id : key).getBytes(StandardCharsets.UTF_8)));
        String file = "files/" + name.substring(0, 2) + "/" + name;
        Optional<Fetched> fetched = fetch(http, from.get(), archive.resolve(file), id, watcher);
        if (fetched.isEmpty()) return;
        ObjectNode line = Lines.object()
                .put("objectId", id)
                .put("key", key)
                .put("file", file)
                .put("size", fetched.get().size())
                .put("sha256", fetched.get().sha256());
        out.add(line, 0);
        out.checkpoint(Lines.object());
        watcher.added(set(), out.info().lines(), "");
    }

    private record Fetched(long size, String sha256) {}

    private Optional<Fetched> fetch(HttpClient http, URI from, Path to, String id, Watcher watcher) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                HttpRequest request = HttpRequest.newBuilder(from)
                        .timeout(Duration.ofMinutes(10))
                        .build();
                HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    if (response.statusCode() == 200) return Optional.of(save(body, to));
                    if (response.statusCode() < 500 || tries == MAX_TRIES) {
                        watcher.skipped(set(), "file " + id + ": its host answers " + response.statusCode());
                        return Optional.empty();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (IOException e) {
                if (tries < MAX_TRIES) continue;
                watcher.skipped(set(), "file " + id + ": " + e.getMessage());
                return Optional.empty();
            }
        }
    }

    private static Fetched save(InputStream body, Path to) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(to.getParent()));
        Path fresh = to.resolveSibling(to.getFileName() + ".tmp");
        MessageDigest digest = Checksums.sha256();
        long size = 0;
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var stream = Channels.newOutputStream(out);
            byte[] block = new byte[64 * 1024];
            for (int n = body.read(block); n >= 0; n = body.read(block)) {
                digest.update(block, 0, n);
                stream.write(block, 0, n);
                size += n;
                if (size > MAX_FILE) throw new IOException("the file is larger than " + MAX_FILE + " bytes");
            }
            out.force(true);
        }
        Durable.publish(fresh, to);
        return new Fetched(size, HexFormat.of().formatHex(digest.digest()));
    }
}
