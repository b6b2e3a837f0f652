package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.signature.UsedSignatures;
import java.sql.SQLException;
import java.time.Instant;

/// Used signatures on SQLite. Thread-safe.
final class SqliteUsedSignatures implements UsedSignatures {
    private final Writer writer;

    SqliteUsedSignatures(Writer writer) {
        this.writer = writer;
    }

    @Override
    public boolean use(AppId app, String signature, Instant until) {
        return writer.run(Step.of(
                "noting a used signature of " + app,
                db -> db.update(
                                "INSERT OR IGNORE INTO used_signature (app, signature, until) VALUES (?, ?, ?)",
                                app.value(),
                                signature,
                                until.toEpochMilli())
                        == 1));
    }

    /// @param now milliseconds since the epoch
    /// @return how many were forgotten, at most `limit`
    static int trim(Db db, long now, int limit) throws SQLException {
        return db.update(
                "DELETE FROM used_signature WHERE (app, signature) IN"
                        + " (SELECT app, signature FROM used_signature WHERE until < ? LIMIT ?)",
                now,
                limit);
    }
}
