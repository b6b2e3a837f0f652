package io.parley.outbound.push;

import io.parley.core.push.PushResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The provider of one file, made when it is needed and made anew when the file has changed; and the one line in the
/// log about what is wrong with it. Thread-safe.
final class Slot<P extends Provider> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Slot.class);

    /// How often a file is looked at.
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final String vendor;
    private final Path file;
    private final Maker<P> maker;
    private final InstantSource clock;
    private @Nullable P provider; // all of these under this object's monitor
    private @Nullable DeniedException failure;
    private @Nullable FileTime seen;
    private Instant lookAgain = Instant.MIN;
    private String trouble = "";

    interface Maker<P> {
        P make(Credentials credentials) throws DeniedException;
    }

    Slot(String vendor, Path file, Maker<P> maker, InstantSource clock) {
        this.vendor = vendor;
        this.file = file;
        this.maker = maker;
        this.clock = clock;
    }

    synchronized P get() throws DeniedException {
        Instant now = clock.instant();
        if (!now.isBefore(lookAgain)) {
            lookAgain = now.plus(LOOK);
            FileTime changed = changed();
            if (seen == null || !seen.equals(changed) || failure != null) {
                seen = changed;
                make();
            }
        }
        P made = provider;
        if (made != null) return made;
        throw failure == null ? new DeniedException(file + " is not read yet") : failure;
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // reading it will say what is wrong
        }
    }

    private void make() {
        P old = provider;
        try {
            provider = maker.make(Credentials.read(file));
            failure = null;
        } catch (DeniedException e) {
            provider = null;
            failure = e;
            troubled(e.reason());
        }
        if (old != null) old.close();
    }

    /// Says once what is wrong, until it is well again.
    synchronized void heard(List<PushResult> results) {
        Optional<String> denied = results.stream()
                .filter(PushResult.Unauthorized.class::isInstance)
                .map(result -> ((PushResult.Unauthorized) result).reason())
                .findFirst();
        if (denied.isPresent()) troubled(denied.get());
        else if (!trouble.isEmpty() && results.stream().anyMatch(PushResult.Accepted.class::isInstance)) {
            log.info("a push provider works again provider={} file={}", vendor, file);
            trouble = "";
        }
    }

    private void troubled(String reason) {
        if (reason.equals(trouble)) return;
        trouble = reason;
        log.error("a push provider cannot be used provider={} file={} reason={}", vendor, file, reason);
    }

    @Override
    public synchronized void close() {
        if (provider != null) provider.close();
        provider = null;
    }
}
