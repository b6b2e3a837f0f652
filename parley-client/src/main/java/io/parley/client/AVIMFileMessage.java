package io.parley.client;

import io.parley.client.internal.Json;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A file of any kind. What it contains is not in the message; the message leads to it. */
@AVIMMessageType(type = AVIMMessageType.FILE_MESSAGE_TYPE)
public class AVIMFileMessage extends AVIMTypedMessage {
    @AVIMMessageField(name = "_lcfile")
    private Map<String, Object> link = new LinkedHashMap<>();

    @AVIMMessageField(name = "_lctext")
    private @Nullable String text;

    @AVIMMessageField(name = "_lcattrs")
    private Map<String, Object> attributes = new LinkedHashMap<>();

    /** What is to be sent; null in messages that came. */
    private @Nullable AVFile file;

    /** An empty message. */
    public AVIMFileMessage() {}

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localPath where the file is
     * @throws IOException when there is none
     */
    public AVIMFileMessage(String localPath) throws IOException {
        this(new File(localPath));
    }

    /**
     * A message with a file of this device, which is uploaded when the message is sent.
     *
     * @param localFile where the file is
     * @throws IOException when there is none
     */
    public AVIMFileMessage(File localFile) throws IOException {
        this(AVFile.withFile(localFile.getName(), localFile));
    }

    /**
     * A message with a file, which is uploaded when the message is sent, if it is not anywhere yet.
     *
     * @param file the file
     */
    public AVIMFileMessage(AVFile file) {
        this.file = file;
        describe(file);
    }

    private void describe(AVFile described) {
        link = described.link();
    }

    /** Done when the file is at an address that others can use. */
    CompletableFuture<Void> upload(Engine engine, @Nullable ProgressCallback progress) {
        AVFile sent = file;
        if (sent == null) return CompletableFuture.completedFuture(null);
        return sent.save(engine, progress).thenAccept(done -> describe(sent));
    }

    /**
     * The file.
     *
     * @return what the sender gave, or what the message tells of it
     */
    public AVFile getAVFile() {
        AVFile known = file;
        return known != null ? known : new AVFile(link);
    }

    /**
     * Where the file is.
     *
     * @return empty before it is uploaded
     */
    public String getFileUrl() {
        return Json.string(link, "url");
    }

    /**
     * What is known of the file: name, format, size, and so on.
     *
     * @return empty for files of other sites
     */
    public Map<String, Object> getFileMetaData() {
        return new LinkedHashMap<>(Json.object(link, "metaData"));
    }

    /**
     * How large the file is.
     *
     * @return bytes; 0 when the sender did not tell
     */
    public long getSize() {
        return (long) number("size");
    }

    /**
     * The format of the file.
     *
     * @return such as {@code image/jpeg}; empty when the sender did not tell
     */
    public String getFormat() {
        return Json.string(Json.object(link, "metaData"), "format");
    }

    /** Old clients wrote it beside the metadata. */
    final double number(String key) {
        Object value = Json.object(link, "metaData").get(key);
        if (value == null) value = link.get(key);
        return value instanceof Number ? ((Number) value).doubleValue() : 0;
    }

    /**
     * Words that go with the file.
     *
     * @return empty when there are none
     */
    public String getText() {
        return text == null ? "" : text;
    }

    /**
     * Adds words.
     *
     * @param text what to say about the file
     */
    public void setText(String text) {
        this.text = text;
    }

    /**
     * Attributes of the application's own.
     *
     * @return empty when there are none
     */
    public Map<String, Object> getAttrs() {
        return attributes;
    }

    /**
     * Replaces the attributes.
     *
     * @param attributes of the application's own
     */
    public void setAttrs(Map<String, Object> attributes) {
        this.attributes = new LinkedHashMap<>(attributes);
    }
}
