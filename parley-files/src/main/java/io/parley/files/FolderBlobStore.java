package io.parley.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Blobs as files of a folder: `APP/ab/abcdef…`, named by the SHA-256 of their key, so that no key can lead out
/// of the folder or is too strange for a file system. Thread-safe.
public final class FolderBlobStore implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(FolderBlobStore.class);

    private final Path folder;
    private final Path arriving;

    /// Opens the store, making the folder when it does not exist. What a crash left behind half-written is
    /// removed.
    public FolderBlobStore(Path folder) throws IOException {
        this.folder = folder;
        this.arriving = Files.createDirectories(folder.resolve("arriving"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(arriving, "upload-*.part")) {
            for (Path path : left) Files.deleteIfExists(path);
        }
        log.info("keeping files in folder={}", folder);
    }

    private Path path(BlobKey key) {
        String name = HexFormat.of().formatHex(sha256(key.key().getBytes(UTF_8)));
        return folder.resolve(key.app().value()).resolve(name.substring(0, 2)).resolve(name);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Blob write(BlobKey key, InputStream content, long most, String contentType) throws IOException {
        Path path = path(key);
        Files.createDirectories(path.getParent());
        try (Spool spool = Spool.of(arriving, content, most)) {
            Files.move(spool.path(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return find(key).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    @Override
    public Optional<Blob> find(BlobKey key) throws IOException {
        try {
            var attributes = Files.readAttributes(path(key), BasicFileAttributes.class);
            String etag = Long.toHexString(attributes.size()) + "-"
                    + Long.toHexString(attributes.lastModifiedTime().toMillis());
            return Optional.of(new Blob(attributes.size(), etag));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(BlobKey key, long from, long length) throws IOException {
        SeekableByteChannel file = Files.newByteChannel(path(key));
        try {
            file.position(from);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new Part(Channels.newInputStream(file), length);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
