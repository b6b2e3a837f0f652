package io.parley.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder for temporary files: the database's native library is unpacked there and must be executable.
final class TemporaryFolder {
    private static final String SUBJECT = "temporary folder";

    private TemporaryFolder() {}

    static Finding look() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        String mend = "; name another one with PARLEY_JAVA_OPTS=-Djava.io.tmpdir=DIR";
        try {
            Path file = Files.createTempFile(folder, "parley-doctor", null);
            try {
                boolean executable = file.toFile().setExecutable(true) && Files.isExecutable(file);
                return executable
                        ? Finding.good(SUBJECT, folder.toString())
                        : Finding.bad(SUBJECT, folder + " does not allow programs (noexec)" + mend);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return Finding.bad(SUBJECT, "cannot write in " + folder + mend);
        }
    }
}
