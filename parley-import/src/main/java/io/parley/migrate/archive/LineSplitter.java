package io.parley.migrate.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines of UTF-8 text, up to a length no honest line has. Used by one thread.
public final class LineSplitter implements AutoCloseable {
    private static final int MAX_LINE = 32 * 1024 * 1024;

    private final InputStream in;
    private final byte[] block = new byte[64 * 1024];
    private int next;
    private int end;
    private long number;

    public LineSplitter(InputStream in) {
        this.in = in;
    }

    /// The next line that is not blank, without its end; null at the end.
    public @Nullable String next() throws IOException {
        String line;
        do {
            line = any();
            number++;
        } while (line != null && line.isBlank());
        return line;
    }

    /// Of the line that [#next] returned last, counted from 1.
    public long number() {
        return number;
    }

    private @Nullable String any() throws IOException {
        ByteArrayOutputStream rest = null;
        while (true) {
            if (next == end && !fill()) return rest == null ? null : rest.toString(StandardCharsets.UTF_8);
            int at = next;
            while (at < end && block[at] != '\n') at++;
            int length = at - next;
            boolean whole = at < end;
            if (whole && rest == null) {
                String line = new String(block, next, length, StandardCharsets.UTF_8);
                next = at + 1;
                return line;
            }
            if (rest == null) rest = new ByteArrayOutputStream();
            rest.write(block, next, length);
            if (rest.size() > MAX_LINE) throw new Unreadable("the line is longer than " + MAX_LINE + " bytes");
            next = whole ? at + 1 : at;
            if (whole) return rest.toString(StandardCharsets.UTF_8);
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        end = 0;
        try {
            end = in.read(block);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
        if (end > 0) return true;
        end = 0;
        return false;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
