package io.parley.migrate.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A master key, which opens everything an app has. It comes from a file, so that no list of processes and no shell
/// history shows it, and it never tells itself.
public final class MasterKey {
    private final String value;

    public MasterKey(String value) {
        this.value = value;
    }

    public static MasterKey read(Path file) throws IOException {
        if (Files.size(file) > 4096) throw new IOException(file + " is too long to hold a master key");
        String text = Files.readString(file).strip();
        // As the console shows it, and as calls carry it.
        if (text.endsWith(",master")) text = text.substring(0, text.length() - ",master".length());
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~'))
            throw new IOException(file + " must hold the master key and nothing else");
        return new MasterKey(text);
    }

    String header() {
        return value + ",master";
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }
}
