package io.parley.server.cli;

import io.parley.migrate.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The archive that a command reads.
final class ArchiveArgument {
    @Parameters(paramLabel = "ARCHIVE", description = "Folder that ./parley archive has written.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    ArchiveReader open() throws IOException {
        return new ArchiveReader(folder);
    }
}
