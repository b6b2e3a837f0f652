package io.parley.migrate.load;

import io.parley.migrate.archive.Damage;
import io.parley.migrate.archive.Lines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file that lists what did not go in: a JSON object per line, with file, line, reason and the raw line. It is
/// made when there is something to list. Used by one thread.
public final class Report implements AutoCloseable {
    private final Path file;
    private @Nullable OutputStream out;
    private long count;

    public Report(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file);
    }

    public void add(Damage damage, String raw) throws IOException {
        OutputStream open = out;
        if (open == null) out = open = new BufferedOutputStream(Files.newOutputStream(file));
        open.write(Lines.bytes(Lines.object()
                .put("file", damage.file())
                .put("line", damage.line())
                .put("reason", damage.reason())
                .put("raw", raw)));
        open.write('\n');
        count++;
    }

    public long count() {
        return count;
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (out != null) out.close();
    }
}
