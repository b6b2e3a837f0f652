package io.parley.store;

import java.sql.SQLException;

/// Copies the write-ahead log into the database beside the writer, who would otherwise do it within a commit and hold
/// up everybody for the time of two large syncs. Owned by the housekeeping thread.
final class Checkpoints implements AutoCloseable {
    /// Frames of 4 KiB in the log from which copying pays: most pages are in it several times by then.
    private static final int FRAMES = 8192;

    private final Db db;
    private final Writer writer;

    /// @param db a connection of its own, closed with this
    Checkpoints(Db db, Writer writer) {
        this.db = db;
        this.writer = writer;
    }

    /// Copies when it pays. To be called about once per second.
    void run() throws SQLException {
        if (frames() < FRAMES) return;
        db.number("PRAGMA wal_checkpoint(PASSIVE)");
        // Only between two commits can the rest, a few frames by now, be copied and the log start over.
        writer.between(writing -> writing.number("PRAGMA wal_checkpoint(PASSIVE)"));
    }

    private long frames() throws SQLException {
        return db.first("PRAGMA wal_checkpoint(NOOP)", row -> row.getLong(2)).orElse(0L);
    }

    @Override
    public void close() throws SQLException {
        db.close();
    }
}
