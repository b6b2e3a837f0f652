package io.parley.files.image;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import io.parley.core.file.Files.Download;
import io.parley.core.file.Preview;
import io.parley.core.file.Preview.Wish;
import io.parley.core.file.Previews;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes previews of PNG, JPEG and GIF images with what the Java platform brings, on a few threads of its own, so
/// that whoever asks for many of them takes no processor from the chat. Keeps the last ones in memory. Thread-safe.
public final class ImagePreviews implements Previews, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImagePreviews.class);

    /// Larger files are sent as they are.
    static final long MAX_BYTES = Math.min(20_000_000, Runtime.getRuntime().maxMemory() / 32);

    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    private static final int WAITING = 128;
    private static final long SECONDS = 10;
    private static final long KEPT_BYTES =
            Math.min(64_000_000, Runtime.getRuntime().maxMemory() / 16);
    private static final int OVERHEAD_BYTES = 500;

    private final BlobStore blobs;
    private final Cache<Wanted, Optional<Preview>> made = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .<Wanted, Optional<Preview>>weigher((wanted, preview) ->
                    OVERHEAD_BYTES + preview.map(image -> image.bytes().length).orElse(0))
            .build();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform()
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .name("parley-preview-", 0)
                    .factory());

    /// @param etag so that a preview is never that of other bytes under the same key
    private record Wanted(String file, String etag, Wish wish) {}

    public ImagePreviews(BlobStore blobs) {
        this.blobs = blobs;
        threads.allowCoreThreadTimeOut(true);
        // There is no screen to look for.
        System.setProperty("java.awt.headless", "true");
    }

    @Override
    public Optional<Preview> of(Download file, Wish wish) {
        if (file.blob().size() > MAX_BYTES) return Optional.empty();
        var wanted = new Wanted(file.key().toString(), file.blob().etag(), wish);
        Optional<Preview> known = made.getIfPresent(wanted);
        return known != null ? known : make(file, wanted);
    }

    private Optional<Preview> make(Download file, Wanted wanted) {
        Future<Optional<Preview>> result;
        try {
            result = threads.submit(() -> draw(file, wanted));
        } catch (RejectedExecutionException tooMuchToDo) {
            return Optional.empty();
        }
        try {
            return result.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make a preview of " + file.key(), e.getCause());
        } catch (TimeoutException slow) {
            log.debug("a preview takes long file={}", file.key());
            result.cancel(false);
            return Optional.empty();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Also when nobody waits any more, the next one who asks finds what was made.
    private Optional<Preview> draw(Download file, Wanted wanted) throws IOException {
        Optional<Preview> known = made.getIfPresent(wanted);
        if (known != null) return known;
        Optional<Preview> preview = drawn(file.key(), bytes(file), wanted.wish());
        made.put(wanted, preview);
        return preview;
    }

    private static Optional<Preview> drawn(BlobKey file, byte[] bytes, Wish wish) {
        Optional<Source> source = Source.of(bytes);
        if (source.isEmpty()) return Optional.empty();
        try {
            return new Drawing(source.get(), wish).draw();
        } catch (IOException broken) {
            log.debug("no preview of a broken image file={}", file, broken);
            return Optional.empty();
        }
    }

    private byte[] bytes(Download file) throws IOException {
        long size = file.blob().size();
        if (size == 0) return new byte[0];
        try (InputStream in = blobs.open(file.key(), 0, size)) {
            return in.readNBytes((int) size);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
