package io.parley.store;

import io.parley.core.app.App;
import io.parley.core.app.AppStore;
import io.parley.core.command.AppId;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Apps on SQLite. Thread-safe.
final class SqliteAppStore implements AppStore {
    private static final int SECRET_BYTES = 32;

    private final Writer writer;
    private final Readers readers;
    private final byte[] secret;

    SqliteAppStore(Writer writer, Readers readers, byte[] secret) {
        this.writer = writer;
        this.readers = readers;
        this.secret = secret;
    }

    /// Reads the secret, or makes it at the first call for a database.
    static byte[] secret(Db db) throws SQLException {
        Optional<byte[]> known = db.first("SELECT value FROM secret", row -> row.getBytes(1));
        if (known.isPresent()) return known.get();
        byte[] made = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(made);
        db.update("INSERT INTO secret (only, value) VALUES (1, ?)", made);
        return made;
    }

    @Override
    public List<App> all() {
        return readers.read(
                "reading the apps",
                db -> db.list(
                        "SELECT id, key, master_key, settings FROM app ORDER BY id",
                        row -> new App(
                                new AppId(row.getString(1)),
                                row.getString(2),
                                row.getString(3),
                                SettingsCodec.read(row.getString(4)))));
    }

    @Override
    public void save(App app) {
        String settings = SettingsCodec.write(app.settings());
        writer.run(Step.of(
                "saving app " + app.id(),
                db -> db.update(
                        "INSERT OR REPLACE INTO app (id, key, master_key, settings) VALUES (?, ?, ?, ?)",
                        app.id().value(),
                        app.key(),
                        app.masterKey(),
                        settings)));
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }
}
