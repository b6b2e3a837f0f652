package io.parley.core.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.StorageSettings.Operation;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.file.BlobStore.Blob;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Columns;
import io.parley.core.record.Index;
import io.parley.core.record.Permissions;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.Records;
import io.parley.core.record.Requester;
import io.parley.core.record.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploaded files: a row of `_File` and bytes under its key. An upload begins with a row that is pending and a
/// token, goes on with the bytes, and ends when the client says so. Thread-safe; may block. Source: rest 14.
public final class Files {
    private static final Logger log = LoggerFactory.getLogger(Files.class);

    private static final String OCTETS = "application/octet-stream";
    private static final String META_DATA = "metaData";
    private static final String SIZE = "size";
    private static final String BUCKET = "parley";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LENGTH = 32;
    private static final int MAX_NAME = 255;
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,16}$");
    private static final Pattern MIME_TYPE = Pattern.compile("[A-Za-z0-9.+_-]{1,64}/[A-Za-z0-9.+_-]{1,100}");

    /// What follows from the bytes, or names them.
    private static final String[] READ_ONLY = {Index.FILE_KEY, "bucket", "provider", "url", Index.FILE_PENDING};

    private final Records records;
    private final RecordStore store;
    private final BlobStore blobs;
    private final UploadTokens tokens;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// @param secret of the server, which signs tokens
    public Files(Records records, RecordStore store, BlobStore blobs, byte[] secret, Clock clock) {
        this.records = records;
        this.store = store;
        this.blobs = blobs;
        this.tokens = new UploadTokens(secret, clock);
        this.clock = clock;
    }

    /// @param token lets its holder upload the bytes
    public record Upload(Row row, BlobKey key, String token) {}

    /// Begins an upload.
    ///
    /// @param provider the way in which the SDK is to upload
    public Upload begin(App app, ObjectNode wanted, String provider, Requester requester) {
        Permissions.check(app, ClassNames.FILE, Operation.CREATE, requester);
        String name = name(wanted);
        BlobKey key = key(app, wanted, name, requester);
        ObjectNode data = described(wanted, name, requester)
                .put(Index.FILE_KEY, key.key())
                .put("bucket", BUCKET)
                .put("provider", provider)
                .put(Index.FILE_PENDING, true);
        Row row = records.insert(app, ClassNames.FILE, Columns.of(data).create());
        return new Upload(
                row,
                key,
                tokens.issue(app.id(), row.id(), app.settings().storage().uploadTtl()));
    }

    private static String name(ObjectNode wanted) {
        String name = wanted.path("name").asText("");
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl))
            throw Refusal.of(ErrorCode.BAD_REQUEST, "a file has a name of at most %d characters", MAX_NAME);
        return name;
    }

    private static ObjectNode described(ObjectNode wanted, String name, Requester requester) {
        ObjectNode data =
                JsonNodeFactory.instance.objectNode().put("name", name).put("mime_type", mimeType(wanted));
        JsonNode metaData = wanted.path(META_DATA);
        if (!metaData.isMissingNode() && !metaData.isNull() && !metaData.isObject())
            throw Refusal.of(ErrorCode.INCORRECT_TYPE, "metaData is an object");
        ObjectNode described = data.putObject(META_DATA);
        if (metaData.isObject()) described.setAll((ObjectNode) metaData.deepCopy());
        described.remove("__source"); // says where a file is, which only the server knows
        requester.user().ifPresent(user -> described.put("owner", user));
        if (wanted.path("ACL").isObject()) data.set("ACL", wanted.get("ACL"));
        return data;
    }

    private static String mimeType(ObjectNode wanted) {
        String type = wanted.path("mime_type").asText("");
        int parameters = type.indexOf(';');
        String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        return MIME_TYPE.matcher(bare).matches() ? bare : OCTETS;
    }

    private BlobKey key(App app, ObjectNode wanted, String name, Requester requester) {
        String custom = wanted.path("key").asText("");
        if (!custom.isEmpty() && requester.isMaster()) {
            BlobKey key = new BlobKey(app.id(), custom);
            if (!store.findBy(app.id(), ClassNames.FILE, Index.FILE_KEY, List.of(custom))
                    .isEmpty())
                throw Refusal.of(ErrorCode.DUPLICATE_VALUE, "there is a file with the key \"%s\"", custom);
            return key;
        }
        String prefix = wanted.path("prefix").asText("");
        String unguessable = unguessable();
        Matcher extension = EXTENSION.matcher(name);
        String key = wanted.path("keep_file_name").asBoolean()
                ? unguessable + "/" + name.replaceAll("[/\\\\\\p{Cntrl}\\p{Cs}]", "_")
                : unguessable + (extension.find() ? extension.group() : "");
        return new BlobKey(app.id(), prefix.isBlank() ? key : prefix.strip() + "/" + key);
    }

    private String unguessable() {
        StringBuilder text = new StringBuilder(RANDOM_LENGTH);
        for (int i = 0; i < RANDOM_LENGTH; i++) text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return text.toString();
    }

    /// Takes the bytes of a file whose upload has begun and not ended; again, when the client tries once more.
    ///
    /// @param announced bytes, when the client says how many
    public void upload(App app, BlobKey key, String token, Optional<Long> announced, InputStream content)
            throws IOException {
        UploadTokens.Permit permit = tokens.openValid(token);
        Row row = pending(permit)
                .filter(found -> permit.app().equals(app.id()) && keyOf(found).equals(key))
                .orElseThrow(() -> Refusal.of(ErrorCode.FORBIDDEN, "The upload has ended, or is another one."));
        long most = app.settings().storage().maxFileBytes();
        if (announced.isPresent() && announced.get() > most) throw new BlobStore.BlobTooLargeException(most);
        Blob blob = blobs.write(key, content, most, row.data().path("mime_type").asText(OCTETS));
        store.update(row.key(), data -> {
            sizeOf(data, blob.size());
            return data;
        });
    }

    private Optional<Row> pending(UploadTokens.Permit permit) {
        return store.find(new RecordKey(permit.app(), ClassNames.FILE, permit.file()))
                .filter(Files::isPending);
    }

    private static boolean isPending(Row row) {
        return row.data().path(Index.FILE_PENDING).asBoolean();
    }

    private static BlobKey keyOf(Row row) {
        return new BlobKey(row.app(), row.data().path(Index.FILE_KEY).asText());
    }

    private static void sizeOf(ObjectNode data, long size) {
        ObjectNode metaData = data.get(META_DATA) instanceof ObjectNode object ? object : data.putObject(META_DATA);
        metaData.put(SIZE, size);
    }

    /// Ends an upload; again, it changes nothing, because SDKs say it twice. Source: rest 14.1.
    ///
    /// @param succeeded otherwise the file is forgotten
    public void end(App app, String token, boolean succeeded) throws IOException {
        UploadTokens.Permit permit = tokens.open(token);
        if (!permit.app().equals(app.id())) throw Refusal.of(ErrorCode.FORBIDDEN, "The upload token is another app's.");
        Optional<Row> row = pending(permit);
        if (row.isEmpty()) return;
        BlobKey key = keyOf(row.get());
        if (!succeeded) {
            forget(row.get());
            return;
        }
        if (blobs.find(key).isEmpty()) {
            // SDKs upload nothing when there is nothing in a file.
            if (row.get().data().path(META_DATA).path(SIZE).asLong(-1) != 0)
                throw Refusal.of(ErrorCode.BAD_REQUEST, "nothing was uploaded for this token");
            blobs.write(key, new ByteArrayInputStream(new byte[0]), 0, OCTETS);
        }
        store.update(row.get().key(), data -> {
            data.remove(Index.FILE_PENDING);
            return data;
        });
    }

    /// A whole file at once.
    ///
    /// @param announced bytes, when the client says how many
    public Row add(App app, ObjectNode wanted, Optional<Long> announced, InputStream content, Requester requester)
            throws IOException {
        Upload upload = begin(app, wanted, BUCKET, requester);
        try {
            upload(app, upload.key(), upload.token(), announced, content);
            end(app, upload.token(), true);
        } catch (IOException | RuntimeException e) {
            end(app, upload.token(), false);
            throw e;
        }
        return store.find(upload.row().key())
                .orElseThrow(() -> Refusal.of(ErrorCode.OBJECT_NOT_FOUND, "The file was deleted meanwhile."));
    }

    private void forget(Row row) throws IOException {
        store.delete(row.key(), found -> {});
        blobs.delete(keyOf(row));
    }

    /// A file that is kept elsewhere.
    public Records.Written addExternal(App app, ObjectNode wanted, Requester requester) {
        Permissions.check(app, ClassNames.FILE, Operation.CREATE, requester);
        String url = wanted.path("url").asText("");
        if (!isWeb(url))
            throw Refusal.of(ErrorCode.BAD_REQUEST, "a file needs a URL that begins with http:// or https://");
        ObjectNode named = wanted.deepCopy();
        if (named.path("name").asText("").isBlank()) named.put("name", "file");
        ObjectNode data = described(named, name(named), requester).put("url", url);
        ((ObjectNode) data.get(META_DATA)).put("__source", "external");
        Columns columns = Columns.of(data);
        return Records.written(records.insert(app, ClassNames.FILE, columns.create()), columns, requester);
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    public Records.Written update(
            App app, RecordKey key, ObjectNode body, Optional<ObjectNode> where, Requester requester) {
        Columns.of(body).refuse(READ_ONLY);
        return records.update(app, key, body, where, requester);
    }

    /// Deletes row and bytes.
    public void delete(App app, RecordKey key, Optional<ObjectNode> where, Requester requester) throws IOException {
        Row row = records.delete(app, key, where, requester);
        if (row.data().has(Index.FILE_KEY)) blobs.delete(keyOf(row));
    }

    /// A file as it is handed out.
    public record Download(BlobKey key, Blob blob, String name, String mimeType) {}

    /// Whoever knows the key may read the file: keys cannot be guessed. It may be read as soon as its bytes are
    /// there, because SDKs do not wait for the end of an upload before they tell others of it.
    public Optional<Download> find(AppId app, BlobKey key) throws IOException {
        Optional<Row> row = store.findBy(app, ClassNames.FILE, Index.FILE_KEY, List.of(key.key())).stream()
                .findFirst();
        if (row.isEmpty()) return Optional.empty();
        return blobs.find(key)
                .map(blob -> new Download(
                        key,
                        blob,
                        row.get().data().path("name").asText("file"),
                        mimeType(row.get().data())));
    }

    public InputStream open(BlobKey key, long from, long length) throws IOException {
        return blobs.open(key, from, length);
    }

    /// Forgets uploads that were begun and never ended.
    ///
    /// @return how many
    public int forgetUnfinished(AppId app, Duration uploadTtl) {
        int forgotten = 0;
        for (Row row : store.findBy(app, ClassNames.FILE, Index.FILE_PENDING, List.of("true"))) {
            if (row.updatedAt().plus(uploadTtl.multipliedBy(2)).isAfter(clock.instant())) continue;
            try {
                forget(row);
                forgotten++;
            } catch (IOException | UncheckedIOException e) {
                log.warn("cannot delete an unfinished upload, trying again later file={}", row.key(), e);
            }
        }
        return forgotten;
    }
}
