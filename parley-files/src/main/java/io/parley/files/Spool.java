package io.parley.files;

import io.parley.core.file.BlobStore.BlobTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What arrives, on its way into a store: a file that nobody else sees, so that a blob is there as a whole or not
/// at all and never in memory. Gone when it is closed, unless it was moved away.
final class Spool implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final Path path;
    private final long size;

    private Spool(Path path, long size) {
        this.path = path;
        this.size = size;
    }

    /// Durable on return.
    static Spool of(Path folder, InputStream content, long most) throws IOException {
        Path path = Files.createTempFile(folder, "upload-", ".part");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[PIECE];
            long size = 0;
            for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
                size += count;
                if (size > most) throw new BlobTooLargeException(most);
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
                while (bytes.hasRemaining()) file.write(bytes);
            }
            file.force(true);
            return new Spool(path, size);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
