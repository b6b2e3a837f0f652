package io.parley.client.internal;

import io.parley.client.AVIMException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Uploads a file: asks for a place, sends the bytes there, tells the server that they are there. Thread-safe. Source:
 * protocol 1.6 j.
 */
public final class FileUpload {
    private static final int BUFFER = 16 * 1024;
    private static final String UNKNOWN = "application/octet-stream";

    private final HttpCalls server;
    private final Executor workers;

    public FileUpload(HttpCalls server, Executor workers) {
        this.server = server;
        this.workers = workers;
    }

    /** What is in a file. Immutable. */
    public static final class Content {
        /** In bytes. */
        public final long length;

        private final Callable<InputStream> opener;

        /** @param opener gives the content from its beginning, each time */
        public Content(long length, Callable<InputStream> opener) {
            this.length = length;
            this.opener = opener;
        }

        InputStream open() throws IOException {
            try {
                return opener.call();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("the file cannot be opened", e);
            }
        }
    }

    /** Where an uploaded file is. Immutable. */
    public static final class Stored {
        public final String objectId;
        public final String url;
        public final Map<String, Object> metaData;

        Stored(String objectId, String url, Map<String, Object> metaData) {
            this.objectId = objectId;
            this.url = url;
            this.metaData = metaData;
        }
    }

    /**
     * Sends a file.
     *
     * @param known what the application knows of it; counts more than what is read from the content
     * @param progress is told percents, on any thread
     */
    public CompletableFuture<Stored> send(
            String name, Map<String, Object> known, Content content, IntConsumer progress) {
        CompletableFuture<Map<String, Object>> described =
                CompletableFuture.supplyAsync(() -> describe(name, known, content), workers);
        return described.thenCompose(metaData -> server.post("/1.1/fileTokens", request(name, metaData), Map.of())
                .thenCompose(place -> put(name, metaData, content, progress, place)));
    }

    private static Map<String, Object> describe(String name, Map<String, Object> known, Content content) {
        Map<String, Object> metaData = new LinkedHashMap<>();
        metaData.put("name", name);
        metaData.put("size", content.length);
        try (InputStream in = content.open()) {
            metaData.putAll(MediaMetadata.read(in, name, content.length));
        } catch (IOException e) {
            throw new CompletionException(
                    new AVIMException(AVIMException.OTHER_CAUSE, "the file cannot be read: " + e.getMessage(), e));
        }
        metaData.putAll(known);
        return metaData;
    }

    private static Map<String, Object> request(String name, Map<String, Object> metaData) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        request.put("mime_type", mimeType(metaData));
        request.put("metaData", metaData);
        return request;
    }

    private static String mimeType(Map<String, Object> metaData) {
        String format = Json.string(metaData, "format");
        return format.indexOf('/') > 0 ? format : UNKNOWN;
    }

    private CompletableFuture<Stored> put(
            String name,
            Map<String, Object> metaData,
            Content content,
            IntConsumer progress,
            Map<String, Object> place) {
        Body body = new Body(content, mimeType(metaData), progress);
        Request.Builder request = new Request.Builder().url(Json.string(place, "upload_url"));
        if (Json.string(place, "provider").equals("qiniu"))
            request.post(new MultipartBody.Builder()
                    .setType(MultipartBody.FORM)
                    .addFormDataPart("key", Json.string(place, "key"))
                    .addFormDataPart("token", Json.string(place, "token"))
                    .addFormDataPart("file", name, body)
                    .build());
        else request.put(body).header("Cache-Control", "public, max-age=31536000");
        Stored stored = new Stored(Json.string(place, "objectId"), Json.string(place, "url"), metaData);
        return server.text(request.build())
                .handle((done, error) -> confirmed(place, stored, error))
                .thenCompose(result -> result);
    }

    private CompletableFuture<Stored> confirmed(Map<String, Object> place, Stored stored, @Nullable Throwable error) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("result", error == null);
        outcome.put("token", Json.string(place, "token"));
        CompletableFuture<Map<String, Object>> told = server.post("/1.1/fileCallback", outcome, Map.of());
        // Whether the server hears of a failure does not matter: it forgets unfinished files anyway.
        return error != null ? Futures.failed(error) : told.thenApply(done -> stored);
    }

    /** Can be sent again, which OkHttp does when a pooled connection turns out to be dead. */
    private static final class Body extends RequestBody {
        private final Content content;
        private final MediaType type;
        private final IntConsumer progress;
        private int told;

        Body(Content content, String type, IntConsumer progress) {
            this.content = content;
            MediaType known = MediaType.parse(type);
            this.type = known == null ? MediaType.get(UNKNOWN) : known;
            this.progress = progress;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return content.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            byte[] buffer = new byte[BUFFER];
            long sent = 0;
            try (InputStream in = content.open()) {
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    sink.write(buffer, 0, read);
                    sent += read;
                    tell(content.length == 0 ? 100 : (int) (sent * 100 / content.length));
                }
            }
        }

        private void tell(int percent) {
            if (percent <= told) return;
            told = percent;
            progress.accept(percent);
        }
    }
}
