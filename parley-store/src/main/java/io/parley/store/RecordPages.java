package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Position;
import io.parley.core.record.RecordStore.Walk;
import io.parley.core.record.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads the rows of a class page by page, so that no reader is held for long. Used by one caller at a time.
final class RecordPages {
    private static final int PAGE = 200;

    private final AppId app;
    private final String className;
    private final Walk walk;
    private Optional<Position> after;

    RecordPages(AppId app, String className, Walk walk) {
        this.app = app;
        this.className = className;
        this.walk = walk;
        this.after = walk.after();
    }

    List<Row> next(Db db) throws SQLException {
        List<Row> page = walk.by() == By.ID ? byId(db) : byTime(db);
        if (!page.isEmpty()) after = Optional.of(position(page.getLast()));
        return page;
    }

    private Position position(Row row) {
        return new Position(walk.by() == By.CREATED ? row.createdAt() : row.updatedAt(), row.id());
    }

    private List<Row> byId(Db db) throws SQLException {
        String from = "SELECT " + RecordRows.COLUMNS + " FROM record WHERE app = ? AND class = ?";
        String order = " ORDER BY id" + direction() + " LIMIT " + PAGE;
        if (after.isEmpty()) return db.list(from + order, this::row, app.value(), className);
        return db.list(
                from + " AND id " + beyond() + " ?" + order,
                this::row,
                app.value(),
                className,
                after.get().id());
    }

    private List<Row> byTime(Db db) throws SQLException {
        String time = walk.by() == By.CREATED ? "created_at" : "updated_at";
        String from = "SELECT " + RecordRows.COLUMNS + " FROM record WHERE app = ? AND class = ?";
        String order = " ORDER BY " + time + direction() + ", id" + direction() + " LIMIT " + PAGE;
        if (after.isEmpty()) return db.list(from + order, this::row, app.value(), className);
        return db.list(
                from + " AND (" + time + ", id) " + beyond() + " (?, ?)" + order,
                this::row,
                app.value(),
                className,
                after.get().time().toEpochMilli(),
                after.get().id());
    }

    private String direction() {
        return walk.descending() ? " DESC" : "";
    }

    private String beyond() {
        return walk.descending() ? "<" : ">";
    }

    private Row row(ResultSet row) throws SQLException {
        return RecordRows.row(app, className, row);
    }
}
