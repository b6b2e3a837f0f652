package io.parley.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.AppId;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest extends BlobStoreContract {
    @TempDir
    Path directory;

    @Override
    BlobStore open() throws IOException {
        return new FolderBlobStore(directory.resolve("files"));
    }

    @Test
    void what_a_crash_left_half_written_is_removed_at_the_next_start() throws IOException {
        Path left = directory.resolve("files/arriving/upload-1.part");
        Files.writeString(left, "half");
        try (BlobStore store = open()) {
            store.write(new BlobKey(new AppId("chat"), "a"), new ByteArrayInputStream(new byte[3]), 3, "text/plain");
        }
        assertThat(left).doesNotExist();
        assertThat(directory.resolve("files/arriving")).isEmptyDirectory();
    }
}
