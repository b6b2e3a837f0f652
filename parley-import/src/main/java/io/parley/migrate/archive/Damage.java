package io.parley.migrate.archive;

/// Something in an archive that cannot be read, and where.
///
/// @param file path inside the archive
/// @param line counted from 1; 0 when the file as a whole is meant
/// @param reason goes on after "file line n ..."
public record Damage(String file, long line, String reason) {
    @Override
    public String toString() {
        return line == 0 ? file + " " + reason : file + " line " + line + " " + reason;
    }
}
