package io.parley.client;

import io.parley.client.internal.FileUpload;
import io.parley.client.internal.FileUpload.Content;
import io.parley.client.internal.Json;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A file: of this device, of another site, or one that came with a message. Fill it on one thread; saving may happen on
 * any.
 */
public final class AVFile {
    private final String name;
    private final @Nullable Content content;
    private final Map<String, Object> metaData = new LinkedHashMap<>();
    private volatile String url = "";
    private volatile String objectId = "";

    /** Guarded by this: a file is uploaded once, however often it is sent. */
    private @Nullable CompletableFuture<AVFile> saving;

    private AVFile(String name, @Nullable Content content) {
        this.name = name;
        this.content = content;
    }

    /**
     * A file of another site. Nothing is uploaded.
     *
     * @param name what to call it
     * @param url where it is; of the file itself, not of a page that shows it
     */
    public AVFile(String name, String url) {
        this(name, url, Map.of());
    }

    /**
     * A file of another site, with what is known of it. Nothing is uploaded.
     *
     * @param name what to call it
     * @param url where it is; of the file itself, not of a page that shows it
     * @param metaData such as size, format, width, height and duration
     */
    public AVFile(String name, String url, Map<String, Object> metaData) {
        this(name, (Content) null);
        this.url = url;
        this.metaData.putAll(metaData);
    }

    /**
     * A file to be uploaded.
     *
     * @param name what to call it
     * @param data what is in it
     */
    public AVFile(String name, byte[] data) {
        this(name, new Content(data.length, () -> new ByteArrayInputStream(data)));
    }

    /** As a message tells of it. */
    AVFile(Map<String, Object> link) {
        this(Json.string(Json.object(link, "metaData"), "name"), (Content) null);
        this.url = Json.string(link, "url");
        this.objectId = Json.string(link, "objId");
        this.metaData.putAll(Json.object(link, "metaData"));
    }

    /**
     * A file of this device.
     *
     * @param name what to call it
     * @param file where it is
     * @return the file, to be uploaded
     * @throws FileNotFoundException when there is none
     */
    public static AVFile withFile(String name, File file) throws FileNotFoundException {
        if (!file.isFile()) throw new FileNotFoundException(file.getPath());
        return new AVFile(name, new Content(file.length(), () -> new FileInputStream(file)));
    }

    /**
     * A file of this device.
     *
     * @param name what to call it
     * @param path where it is
     * @return the file, to be uploaded
     * @throws FileNotFoundException when there is none
     */
    public static AVFile withAbsoluteLocalPath(String name, String path) throws FileNotFoundException {
        return withFile(name, new File(path));
    }

    /**
     * A file that is read from a stream.
     *
     * @param name what to call it
     * @param length in bytes
     * @param stream opens the content; more than once, to read what it is and to send it, perhaps again
     * @return the file, to be uploaded
     */
    public static AVFile withStream(String name, long length, Callable<InputStream> stream) {
        return new AVFile(name, new Content(length, stream));
    }

    /**
     * What it is called.
     *
     * @return its name
     */
    public String getName() {
        return name;
    }

    /**
     * Where it is.
     *
     * @return empty before it is uploaded
     */
    public String getUrl() {
        return url;
    }

    /**
     * Its id at the server.
     *
     * @return empty for files of other sites, and before the upload
     */
    public String getObjectId() {
        return objectId;
    }

    /**
     * How large it is.
     *
     * @return bytes; 0 when that is not known
     */
    public long getSize() {
        return content != null ? content.length : Json.number(metaData, "size");
    }

    /**
     * What is known of it. For files of this device, size and format, and for media width, height and duration, are read
     * from the content when it is saved, if {@code com.drewnoakes:metadata-extractor} is there.
     *
     * @return a copy
     */
    public synchronized Map<String, Object> getMetaData() {
        return new LinkedHashMap<>(metaData);
    }

    /**
     * Adds something that is known of it, before it is saved.
     *
     * @param key its name
     * @param value as JSON can have it
     */
    public synchronized void addMetaData(String key, Object value) {
        metaData.put(key, value);
    }

    /**
     * Uploads it to the server of the default app.
     *
     * @return this, when it is there
     */
    public CompletableFuture<AVFile> saveInBackground() {
        Engine engine = AVIMRealtime.getDefault().engine();
        return engine.future(save(engine, null));
    }

    /**
     * Uploads it to the server of the default app.
     *
     * @param callback is told when it is there
     */
    public void saveInBackground(SaveCallback callback) {
        saveInBackground(callback, null);
    }

    /**
     * Uploads it to the server of the default app.
     *
     * @param callback is told when it is there
     * @param progress is told how far it is; null for nothing
     */
    public void saveInBackground(SaveCallback callback, @Nullable ProgressCallback progress) {
        Engine engine = AVIMRealtime.getDefault().engine();
        engine.call(save(engine, progress), (done, e) -> callback.done(e));
    }

    synchronized CompletableFuture<AVFile> save(Engine engine, @Nullable ProgressCallback progress) {
        Content sent = content;
        if (sent == null || !url.isEmpty()) return CompletableFuture.completedFuture(this);
        CompletableFuture<AVFile> running = saving;
        if (running == null || running.isCompletedExceptionally()) {
            FileUpload upload = new FileUpload(engine.http, engine.workers);
            saving = running = upload.send(name, getMetaData(), sent, percent -> {
                        if (progress != null) engine.callbacks.execute(() -> progress.done(percent));
                    })
                    .thenApply(this::saved);
        }
        return running;
    }

    private synchronized AVFile saved(FileUpload.Stored stored) {
        metaData.putAll(stored.metaData);
        objectId = stored.objectId;
        url = stored.url;
        return this;
    }

    /** As a message tells of it. A file of another site of which nothing is known is just its address. */
    synchronized Map<String, Object> link() {
        Map<String, Object> link = new LinkedHashMap<>();
        if (!objectId.isEmpty()) link.put("objId", objectId);
        if (!url.isEmpty()) link.put("url", url);
        Map<String, Object> known = new LinkedHashMap<>(metaData);
        if (content != null) known.putIfAbsent("name", name);
        if (!known.isEmpty()) link.put("metaData", known);
        return link;
    }
}
