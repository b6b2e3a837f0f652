package io.parley.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Shortens long textual answers for clients that can read it.
final class Compression {
    private static final int WORTH_IT_BYTES = 1024;

    private Compression() {}

    static boolean wanted(Answer answer, @Nullable String acceptEncoding) {
        return acceptEncoding != null
                && acceptEncoding.contains("gzip")
                && answer.body().length >= WORTH_IT_BYTES
                && !answer.headers().containsKey("Content-Encoding")
                && textual(answer.contentType());
    }

    private static boolean textual(String type) {
        return type.startsWith("text/")
                || type.startsWith("application/json")
                || type.startsWith("application/javascript")
                || type.startsWith("image/svg");
    }

    static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream(plain.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
