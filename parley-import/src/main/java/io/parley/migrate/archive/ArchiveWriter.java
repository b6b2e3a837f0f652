package io.parley.migrate.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes an archive, or goes on with one. One process at a time writes an archive; used by one thread.
public final class ArchiveWriter implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private final InstantSource clock;
    private final FileChannel lockFile;
    private Manifest manifest;

    /// Opens the archive in `folder`, making it when there is none.
    ///
    /// @param source for humans, see [Manifest]
    /// @throws IOException also when the archive belongs to another app or another process writes it
    public static ArchiveWriter open(Path folder, String app, String source, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(lockFile) == null) throw new IOException("another process writes the archive in " + folder);
            return new ArchiveWriter(folder, app, source, clock, lockFile);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private ArchiveWriter(Path folder, String app, String source, InstantSource clock, FileChannel lockFile)
            throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.lockFile = lockFile;
        if (Files.exists(folder.resolve(Manifest.FILE))) {
            manifest = Manifest.read(folder);
            if (!manifest.app().equals(app))
                throw new IOException("the archive in " + folder + " holds the app " + manifest.app() + ", not " + app);
            removeOrphans();
        } else {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.anyMatch(file -> !isBegun(file)))
                    throw new IOException(folder + " is neither empty nor an archive");
            }
            manifest = new Manifest(app, source, clock.instant(), clock.instant(), Map.of());
            manifest.write(folder);
        }
    }

    /// What a first run has made before its manifest was there.
    private static boolean isBegun(Path file) {
        return file.endsWith(LOCK) || file.endsWith(Manifest.FILE + ".tmp");
    }

    /// Parts that were finished but did not get into the manifest, and unfinished ones.
    private void removeOrphans() throws IOException {
        Set<Path> known = manifest.sets().values().stream()
                .flatMap(set -> set.parts().stream())
                .map(part -> folder.resolve(part.file()))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                boolean part = name.endsWith(".jsonl.gz") && !folder.equals(file.getParent());
                if (name.endsWith(".tmp") || (part && !known.contains(file))) Files.delete(file);
            }
        }
    }

    public Path folder() {
        return folder;
    }

    public Manifest manifest() {
        return manifest;
    }

    public SetWriter set(SetName name) {
        return new SetWriter(this, name);
    }

    void put(SetName name, SetInfo info) throws IOException {
        Manifest next = manifest.with(name, info, clock.instant());
        next.write(folder);
        manifest = next;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
