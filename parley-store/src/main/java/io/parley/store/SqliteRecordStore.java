package io.parley.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.Index;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.Row;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Rows of JSON on SQLite. Thread-safe.
final class SqliteRecordStore implements RecordStore {
    private static final int IMPORT_BATCH = 200;

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    SqliteRecordStore(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public void insert(Row row) {
        writer.run(Step.of("adding " + row.key(), db -> {
            if (RecordRows.find(db, row.key()).isPresent())
                throw Refusal.of(ErrorCode.DUPLICATE_VALUE, "there is a row %s already", row.key());
            Optional<Index> taken = RecordRows.taken(db, row, RecordRows.NO_ROW);
            if (taken.isPresent()) throw taken.get().taken();
            RecordRows.insert(db, row);
            return row;
        }));
    }

    @Override
    public List<Row> put(Collection<Row> rows) {
        List<Row> all = List.copyOf(rows);
        List<Row> left = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IMPORT_BATCH) {
            List<Row> some = all.subList(from, Math.min(all.size(), from + IMPORT_BATCH));
            left.addAll(writer.run(Step.of("putting " + some.size() + " rows", db -> putAll(db, some))));
        }
        return left;
    }

    private static List<Row> putAll(Db db, List<Row> rows) throws SQLException {
        List<Row> left = new ArrayList<>();
        for (Row row : rows) {
            long before = RecordRows.find(db, row.key())
                    .map(RecordRows.Numbered::number)
                    .orElse(RecordRows.NO_ROW);
            if (RecordRows.taken(db, row, before).isPresent()) left.add(row);
            else if (before == RecordRows.NO_ROW) RecordRows.insert(db, row);
            else RecordRows.replace(db, before, row);
        }
        return left;
    }

    @Override
    public Optional<Row> find(RecordKey key) {
        return readers.read("reading " + key, db -> RecordRows.find(db, key)).map(RecordRows.Numbered::row);
    }

    @Override
    public List<Row> find(AppId app, String className, Collection<String> ids) {
        return readers.read("reading rows of " + className, db -> {
            List<Row> rows = new ArrayList<>();
            for (String id : new TreeSet<>(ids)) rows.addAll(RecordRows.byId(db, app, className, id));
            return rows;
        });
    }

    @Override
    public List<Row> findBy(AppId app, String className, String index, Collection<String> values) {
        return readers.read("searching " + className + " by " + index, db -> {
            Map<String, Row> rows = new TreeMap<>();
            for (String value : values)
                for (Row row : RecordRows.byIndex(db, app, className, index, value)) rows.put(row.id(), row);
            return List.copyOf(rows.values());
        });
    }

    @Override
    public Optional<Row> update(RecordKey key, UnaryOperator<ObjectNode> change) {
        return writer.run(Step.of("changing " + key, db -> {
            Optional<RecordRows.Numbered> found = RecordRows.find(db, key);
            if (found.isEmpty()) return Optional.<Row>empty();
            Row before = found.get().row();
            long updatedAt = Math.max(clock.millis(), before.updatedAt().toEpochMilli() + 1);
            Row after = new Row(key, change.apply(before.data()), before.createdAt(), Instant.ofEpochMilli(updatedAt));
            Optional<Index> taken = RecordRows.taken(db, after, found.get().number());
            if (taken.isPresent()) throw taken.get().taken();
            RecordRows.replace(db, found.get().number(), after);
            return Optional.of(after);
        }));
    }

    @Override
    public Optional<Row> delete(RecordKey key, Consumer<Row> condition) {
        return writer.run(Step.of("deleting " + key, db -> {
            Optional<RecordRows.Numbered> found = RecordRows.find(db, key);
            if (found.isEmpty()) return Optional.<Row>empty();
            condition.accept(found.get().row());
            RecordRows.delete(db, found.get().number());
            return Optional.of(found.get().row());
        }));
    }

    @Override
    public void visit(AppId app, String className, Walk walk, Predicate<Row> visitor) {
        RecordPages pages = new RecordPages(app, className, walk);
        List<Row> page;
        do {
            page = readers.read("walking through rows of " + className, pages::next);
            for (Row row : page) if (!visitor.test(row)) return;
        } while (!page.isEmpty());
    }

    @Override
    public Map<String, Long> classes(AppId app) {
        return readers.read("counting rows of app " + app, db -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            db.each(
                    "SELECT class, count(*) FROM record WHERE app = ? GROUP BY class ORDER BY class",
                    row -> {
                        counts.put(row.getString(1), row.getLong(2));
                        return true;
                    },
                    app.value());
            return counts;
        });
    }
}
