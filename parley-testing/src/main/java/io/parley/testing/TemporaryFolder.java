package io.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder that goes away with its owner.
final class TemporaryFolder {
    private TemporaryFolder() {}

    static Path create() {
        try {
            return Files.createTempDirectory("parley-test");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for a test server", e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator)
                Files.deleteIfExists(file);
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the folder of a test server: " + folder, e);
        }
    }
}
