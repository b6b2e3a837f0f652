package io.parley.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.command.AppId;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import io.parley.core.file.BlobStore.Blob;
import io.parley.core.file.BlobStore.BlobTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store of bytes does.
abstract class BlobStoreContract {
    private static final AppId APP = new AppId("chat");
    private static final String TYPE = "application/octet-stream";

    private BlobStore store;

    /// Opens the store of the test at hand. When the test has opened it before, the same blobs must be there.
    abstract BlobStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static BlobKey key(String key) {
        return new BlobKey(APP, key);
    }

    private Blob write(BlobKey key, byte[] content) throws IOException {
        return store.write(key, new ByteArrayInputStream(content), content.length, TYPE);
    }

    private byte[] read(BlobKey key, long from, long length) throws IOException {
        try (InputStream in = store.open(key, from, length)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 3_000_001})
    void what_was_written_is_read_again_also_after_a_restart(int size) throws IOException {
        byte[] content = bytes(size);
        Blob written = write(key("a.bin"), content);
        store.close();
        store = open();
        assertThat(written.size()).isEqualTo(size);
        assertThat(store.find(key("a.bin"))).contains(written);
        assertThat(read(key("a.bin"), 0, size)).isEqualTo(content);
    }

    @Test
    void a_part_is_read_by_itself() throws IOException {
        write(key("a.txt"), "0123456789".getBytes());
        assertThat(read(key("a.txt"), 3, 4)).asString().isEqualTo("3456");
        assertThat(read(key("a.txt"), 9, 1)).asString().isEqualTo("9");
    }

    @Test
    void writing_again_replaces_the_bytes_and_the_etag() throws IOException {
        Blob first = write(key("a.txt"), "first".getBytes());
        Blob second = write(key("a.txt"), "second".getBytes());
        assertThat(second.etag()).isNotEqualTo(first.etag());
        assertThat(read(key("a.txt"), 0, 6)).asString().isEqualTo("second");
    }

    @Test
    void more_than_allowed_leaves_what_was_there() throws IOException {
        write(key("a.txt"), "first".getBytes());
        assertThatThrownBy(() -> store.write(key("a.txt"), new ByteArrayInputStream(bytes(100_000)), 99_999, TYPE))
                .isInstanceOf(BlobTooLargeException.class);
        assertThat(read(key("a.txt"), 0, 5)).asString().isEqualTo("first");
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws IOException {
        InputStream broken = new InputStream() {
            private int left = 70_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) throw new IOException("the client went away");
                return 7;
            }
        };
        assertThatThrownBy(() -> store.write(key("a.txt"), broken, 1_000_000, TYPE))
                .hasMessage("the client went away");
        assertThat(store.find(key("a.txt"))).isEmpty();
    }

    @Test
    void a_deleted_blob_is_gone_and_deleting_it_again_does_no_harm() throws IOException {
        write(key("a.txt"), "first".getBytes());
        store.delete(key("a.txt"));
        store.delete(key("a.txt"));
        assertThat(store.find(key("a.txt"))).isEmpty();
        assertThatThrownBy(() -> store.open(key("a.txt"), 0, 1)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix/a.png", "x/…/截图 1 (neu).png", "a?b#c%2e.txt", "CON", "A", "😀.png"})
    void a_key_may_be_strange(String strange) throws IOException {
        write(key(strange), "content".getBytes());
        write(key("a"), "another".getBytes());
        assertThat(read(key(strange), 0, 7)).asString().isEqualTo("content");
    }

    @Test
    void apps_do_not_see_each_others_blobs() throws IOException {
        write(key("a.txt"), "first".getBytes());
        assertThat(store.find(new BlobKey(new AppId("other"), "a.txt"))).isEmpty();
    }
}
