package io.parley.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// The database file, and how it is opened.
final class SqliteFile {
    /// Frames in the write-ahead log from which the writer copies them itself, within a commit. Well above where
    /// [Checkpoints] does it: only a reader that does not end lets the log grow so long.
    private static final int LAST_RESORT_FRAMES = 65_536;

    private static final int WRITER_CACHE_KIB = 64 * 1024;
    private static final int READER_CACHE_KIB = 8 * 1024;

    private final Path file;

    SqliteFile(Path file) {
        this.file = file;
    }

    Db openForWriting() throws SQLException {
        Db db = open(new SQLiteConfig());
        db.number("PRAGMA journal_mode = WAL");
        // Anything less does not survive a power cut.
        db.script("PRAGMA synchronous = FULL");
        db.script("PRAGMA wal_autocheckpoint = " + LAST_RESORT_FRAMES);
        db.script("PRAGMA cache_size = -" + WRITER_CACHE_KIB);
        db.script("PRAGMA temp_store = MEMORY");
        return db;
    }

    Db openForCheckpoints() throws SQLException {
        Db db = open(new SQLiteConfig());
        db.script("PRAGMA synchronous = FULL");
        return db;
    }

    Db openForReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.READONLY);
        config.resetOpenMode(SQLiteOpenMode.READWRITE);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Db db = open(config);
        db.script("PRAGMA cache_size = -" + READER_CACHE_KIB);
        db.script("PRAGMA temp_store = MEMORY");
        return db;
    }

    private Db open(SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(5000);
        Properties properties = config.toProperties();
        // Asking for generated keys would cost a second statement after each insert.
        properties.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false");
        return new Db(new org.sqlite.JDBC().connect("jdbc:sqlite:" + file, properties));
    }
}
