package io.parley.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Keeps the bytes of files. Thread-safe. Every method may block; an [IOException] means that the store failed.
public interface BlobStore extends AutoCloseable {
    /// Keeps what `content` yields, in place of what was there. It is seen by others as a whole or not at all,
    /// and is durable on return. Does not close `content`.
    ///
    /// @param most bytes
    /// @throws BlobTooLargeException when there is more; then nothing is kept
    Blob write(BlobKey key, InputStream content, long most, String contentType) throws IOException;

    Optional<Blob> find(BlobKey key) throws IOException;

    /// A part of a blob, which the caller closes. Fails when there is no such blob.
    ///
    /// @param length bytes from `from` on; both lie within the blob
    InputStream open(BlobKey key, long from, long length) throws IOException;

    /// Nothing happens when there is no such blob.
    void delete(BlobKey key) throws IOException;

    @Override
    void close();

    /// @param etag changes with the bytes
    record Blob(long size, String etag) {}

    /// More came than is allowed.
    final class BlobTooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        public BlobTooLargeException(long most) {
            super("the content is larger than " + most + " bytes");
        }
    }
}
