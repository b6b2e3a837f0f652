package io.parley.server.doctor;

import static io.parley.server.doctor.Finding.bad;
import static io.parley.server.doctor.Finding.doubtful;
import static io.parley.server.doctor.Finding.good;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder of the embedded store.
final class DataFolder {
    private static final String SUBJECT = "data folder";
    private static final long LITTLE_SPACE = 1L << 30;
    private static final Duration SLACK = Duration.ofMinutes(2);

    private final Path folder;
    private final InstantSource clock;

    DataFolder(Path folder, InstantSource clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            Path existing = existing();
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                findings.add(bad(SUBJECT, folder + " is a file; name a folder with --data"));
            } else if (!writable(existing)) {
                findings.add(bad(
                        SUBJECT, "cannot write in " + existing + "; give this user the right to, or choose --data"));
            } else {
                findings.add(good(SUBJECT, folder + (Files.exists(folder) ? "" : " (will be made)")));
                inUse().ifPresent(findings::add);
                space(existing).ifPresent(findings::add);
                fromTheFuture().ifPresent(findings::add);
            }
        } catch (IOException e) {
            findings.add(bad(SUBJECT, "cannot look into " + folder + ": " + e.getMessage()));
        }
        return findings;
    }

    /// The folder itself, or the nearest one above that exists.
    private Path existing() {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) existing = existing.getParent();
        return existing;
    }

    private static boolean writable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".parley-doctor", null));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// A running server holds a lock on a part of this file; whichever part it is, the whole cannot be had then.
    private Optional<Finding> inUse() throws IOException {
        Path lock = folder.resolve("parley.lock");
        if (!Files.exists(lock)) return Optional.empty();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null
                    ? Optional.empty()
                    : Optional.of(bad(
                            SUBJECT,
                            folder + " is used by a running server; stop it, or choose another folder with --data"));
        }
    }

    private static Optional<Finding> space(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        return free >= LITTLE_SPACE
                ? Optional.empty()
                : Optional.of(doubtful(
                        "disk space", (free >> 20) + " MB are free for " + folder + "; make room or choose --data"));
    }

    /// Files that were written later than now mean that the clock went back: messages would get times that are not
    /// later than those before them.
    private Optional<Finding> fromTheFuture() throws IOException {
        if (!Files.isDirectory(folder)) return Optional.empty();
        Instant limit = clock.instant().plus(SLACK);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> modified(file).isAfter(limit))
                    .findFirst()
                    .map(file -> doubtful(
                            "clock",
                            file + " was written at " + modified(file)
                                    + ", which is still to come; the clock seems to have gone back: set it"));
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.MIN; // gone meanwhile
        }
    }
}
