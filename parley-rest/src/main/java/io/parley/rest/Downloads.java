package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.file.BlobKey;
import io.parley.core.file.Files;
import io.parley.core.file.Files.Download;
import io.parley.core.file.Preview;
import io.parley.core.file.Preview.Wish;
import io.parley.core.file.Previews;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Hands out uploaded files to whoever knows their URL: whole or in part, to be cached for long. Whatever was
/// uploaded, a browser runs nothing of it: what it might run is saved instead of shown. Source: rest 14.3.
final class Downloads {
    private static final String OCTETS = "application/octet-stream";

    /// A year; the bytes of a key never change once its upload has ended.
    private static final String CACHE = "public, max-age=31536000, immutable";

    /// What browsers show without running anything.
    private static final Pattern SHOWN = Pattern.compile(
            "(image/(?!svg)[a-z0-9.+-]+|audio/[a-z0-9.+-]+|video/[a-z0-9.+-]+|application/pdf|text/plain)");

    /// What browsers run, or take for the work of this server.
    private static final Pattern ACTIVE =
            Pattern.compile(".*(html|javascript|ecmascript|css|wasm|json|manifest|shockwave).*");

    /// Of a file that was sent in place of its preview: another time there may be one.
    private static final String CACHE_INSTEAD = "public, max-age=3600";

    private final Files files;
    private final Previews previews;

    Downloads(Files files, Previews previews) {
        this.files = files;
        this.previews = previews;
    }

    Answer answer(Call call) {
        App app = call.app(call.pathValue("app"));
        try {
            Download download = files.find(app.id(), new BlobKey(app.id(), call.pathValue("key")))
                    .orElseThrow(() -> new HttpRefusal(404, 101, "There is no such file."));
            if (call.queryParameter("imageInfo").isPresent()) return imageInfo(download);
            if (call.queryParameter("avinfo").isPresent()) return recordingInfo(download);
            Optional<Wish> wish = ImageView.of(call);
            return wish.isPresent() ? preview(call, download, wish.get()) : described(answer(call, download), download);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a file", e);
        }
    }

    private Answer answer(Call call, Download download) {
        String etag = "\"" + download.blob().etag() + "\"";
        long size = download.blob().size();
        String type = type(download);
        if (isKnown(call, etag)) return new Answer(304, type, new byte[0], Map.of());
        Optional<String> range = call.header("Range")
                .filter(text -> call.header("If-Range").map(etag::equals).orElse(true));
        return switch (ByteRange.of(range, size)) {
            case ByteRange.Whole whole -> Answer.stream(200, type, stream(download, 0, size));
            case ByteRange.Part part ->
                Answer.stream(206, type, stream(download, part.from(), part.length()))
                        .with("Content-Range", "bytes " + part.from() + "-" + part.last() + "/" + size);
            case ByteRange.Outside outside ->
                Answer.error(416, 1, "The file has " + size + " bytes.").with("Content-Range", "bytes */" + size);
        };
    }

    private static boolean isKnown(Call call, String etag) {
        return call.header("If-None-Match")
                .map(String::strip)
                .filter(tags ->
                        tags.equals("*") || List.of(tags.split("\\s*,\\s*", -1)).contains(etag))
                .isPresent();
    }

    /// What cannot be made smaller is sent as it is, so that there is always something to show.
    private Answer preview(Call call, Download download, Wish wish) throws IOException {
        String etag = "\"" + download.blob().etag() + "-" + wish.tag() + "\"";
        if (isKnown(call, etag)) return preview(new Answer(304, "image/*", new byte[0], Map.of()), download, etag);
        Optional<Preview> preview = previews.of(download, wish);
        if (preview.isEmpty())
            return described(answer(call, download), download).with("Cache-Control", CACHE_INSTEAD);
        return preview(new Answer(200, preview.get().mimeType(), preview.get().bytes(), Map.of()), download, etag);
    }

    /// This server drew it, so that it may be shown whatever the file was called.
    private static Answer preview(Answer answer, Download download, String etag) {
        return described(answer, download)
                .with("ETag", etag)
                .with("Accept-Ranges", "none")
                .with("Content-Disposition", "inline");
    }

    private Answer.Stream stream(Download download, long from, long length) {
        return new Answer.Stream(length, out -> {
            if (length == 0) return;
            try (InputStream in = files.open(download.key(), from, length)) {
                byte[] buffer = new byte[64 * 1024];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) out.write(buffer, 0, count);
            }
        });
    }

    private static String type(Download download) {
        String type = download.mimeType().toLowerCase(Locale.ROOT);
        if (type.equals("text/plain")) return "text/plain;charset=utf-8";
        return ACTIVE.matcher(type).matches() ? OCTETS : type;
    }

    private static Answer described(Answer answer, Download download) {
        if (answer.status() >= 400) return answer;
        boolean shown =
                SHOWN.matcher(download.mimeType().toLowerCase(Locale.ROOT)).matches();
        String name = URLEncoder.encode(download.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return answer.with("ETag", "\"" + download.blob().etag() + "\"")
                .with("Accept-Ranges", "bytes")
                .with("Cache-Control", CACHE)
                .with("Content-Disposition", (shown ? "inline" : "attachment") + "; filename*=UTF-8''" + name)
                .with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with("X-Content-Type-Options", "nosniff")
                .with("Cross-Origin-Resource-Policy", "cross-origin")
                .with("Access-Control-Expose-Headers", "Content-Length, Content-Range, ETag");
    }

    /// What the Java SDK asks after it has uploaded an image. Source: protocol 1.6 k.
    private Answer imageInfo(Download download) throws IOException {
        try (InputStream in =
                files.open(download.key(), 0, Math.min(download.blob().size(), ImageSize.NEEDED_BYTES))) {
            return ImageSize.of(in)
                    .map(image -> Answer.ok(
                            described(image).put("size", download.blob().size())))
                    .orElseGet(() -> Answer.error(400, 1, "This is no image that this server knows."));
        }
    }

    /// What the Java SDK asks of sounds and films. Source: protocol 1.6 k.
    private Answer recordingInfo(Download download) throws IOException {
        long size = download.blob().size();
        Recording.Reader reader = (from, length) -> {
            long there = Math.clamp(size - from, 0, length);
            if (there == 0) return new byte[0];
            try (InputStream in = files.open(download.key(), from, there)) {
                return in.readNBytes((int) there);
            }
        };
        return Recording.of(reader, size)
                .map(recording -> {
                    ObjectNode format = Json.object()
                            .put("format_name", recording.format())
                            .put("duration", recording.seconds())
                            .put("size", size);
                    return Answer.ok(Json.object().set("format", format));
                })
                .orElseGet(() -> Answer.error(400, 1, "This is no sound or film that this server knows."));
    }

    /// Java 6.0.5 looks for an object under `format`, and cannot send its message when it finds a text there.
    private static ObjectNode described(ImageSize image) {
        ObjectNode format = Json.object()
                .put("format", image.format())
                .put("width", image.width())
                .put("height", image.height());
        ObjectNode described = Json.object().put("width", image.width()).put("height", image.height());
        described.set("format", format);
        return described;
    }
}
