package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.record.Index;
import io.parley.core.record.RecordKey;
import io.parley.core.record.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tables `record` and `record_index`.
final class RecordRows {
    /// No row has this number.
    static final long NO_ROW = -1;

    static final String COLUMNS = "id, created_at, updated_at, data";

    private RecordRows() {}

    /// @param number of the row in the table
    record Numbered(long number, Row row) {}

    static Optional<Numbered> find(Db db, RecordKey key) throws SQLException {
        return db.first(
                "SELECT " + COLUMNS + ", row FROM record WHERE app = ? AND class = ? AND id = ?",
                row -> new Numbered(row.getLong(5), row(key.app(), key.className(), row)),
                key.app().value(),
                key.className(),
                key.id());
    }

    static List<Row> byId(Db db, AppId app, String className, String id) throws SQLException {
        return db.list(
                "SELECT " + COLUMNS + " FROM record WHERE app = ? AND class = ? AND id = ?",
                row -> row(app, className, row),
                app.value(),
                className,
                id);
    }

    static List<Row> byIndex(Db db, AppId app, String className, String index, String value) throws SQLException {
        return db.list(
                "SELECT " + COLUMNS + " FROM record WHERE row IN"
                        + " (SELECT row FROM record_index WHERE app = ? AND class = ? AND name = ? AND value = ?)",
                row -> row(app, className, row),
                app.value(),
                className,
                index,
                value);
    }

    /// @param row at its [#COLUMNS]
    static Row row(AppId app, String className, ResultSet row) throws SQLException {
        return new Row(
                new RecordKey(app, className, row.getString(1)),
                Json.parse(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)));
    }

    /// The unique index of `row` whose value belongs to another row than number `own`.
    static Optional<Index> taken(Db db, Row row, long own) throws SQLException {
        for (Index index : row.indexes()) {
            if (!index.unique()) continue;
            Optional<Long> owner = db.first(
                    "SELECT row FROM record_index WHERE app = ? AND class = ? AND name = ? AND value = ? AND single = 1",
                    found -> found.getLong(1),
                    row.app().value(),
                    row.key().className(),
                    index.name(),
                    index.value());
            if (owner.isPresent() && owner.get() != own) return Optional.of(index);
        }
        return Optional.empty();
    }

    static void insert(Db db, Row row) throws SQLException {
        db.update(
                "INSERT INTO record (app, class, id, created_at, updated_at, data) VALUES (?, ?, ?, ?, ?, ?)",
                row.app().value(),
                row.key().className(),
                row.id(),
                row.createdAt().toEpochMilli(),
                row.updatedAt().toEpochMilli(),
                row.data().toString());
        index(db, db.number("SELECT last_insert_rowid()"), row);
    }

    static void replace(Db db, long number, Row row) throws SQLException {
        db.update(
                "UPDATE record SET created_at = ?, updated_at = ?, data = ? WHERE row = ?",
                row.createdAt().toEpochMilli(),
                row.updatedAt().toEpochMilli(),
                row.data().toString(),
                number);
        db.update("DELETE FROM record_index WHERE row = ?", number);
        index(db, number, row);
    }

    private static void index(Db db, long number, Row row) throws SQLException {
        for (Index index : row.indexes())
            db.update(
                    "INSERT OR IGNORE INTO record_index (app, class, name, value, row, single) VALUES (?, ?, ?, ?, ?, ?)",
                    row.app().value(),
                    row.key().className(),
                    index.name(),
                    index.value(),
                    number,
                    index.unique() ? 1 : 0);
    }

    static void delete(Db db, long number) throws SQLException {
        db.update("DELETE FROM record_index WHERE row = ?", number);
        db.update("DELETE FROM record WHERE row = ?", number);
    }
}
