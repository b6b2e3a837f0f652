package io.parley.core.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Keeps rows by app, class and id. Thread-safe. Every method may block; every change is one atomic step and
/// durable on return. Functions handed over run while others wait for the store: they are quick, call no store,
/// and may refuse.
public interface RecordStore {
    /// Adds a row. Refuses with [Index#taken] when the value of a unique index, and with
    /// [io.parley.core.command.ErrorCode#DUPLICATE_VALUE] when the id, belongs to another row.
    void insert(Row row);

    /// Adds rows as they are, times included, replacing those with the same ids: for imports. Each row is a step
    /// by itself.
    ///
    /// @return the rows that were not stored, because another row has the value of one of their unique indexes
    List<Row> put(Collection<Row> rows);

    Optional<Row> find(RecordKey key);

    /// The rows with one of these ids, in the order of ids. Unknown ones are left out.
    List<Row> find(AppId app, String className, Collection<String> ids);

    /// The rows that have one of the values in the index of this name, each once, in the order of ids.
    List<Row> findBy(AppId app, String className, String index, Collection<String> values);

    /// Replaces the columns of a row by what `change` makes of a copy of them, and moves `updatedAt`. Refuses as
    /// [#insert] does; when `change` refuses, nothing is changed.
    ///
    /// @return the row as it is now; empty when there is none
    Optional<Row> update(RecordKey key, UnaryOperator<ObjectNode> change);

    /// Removes a row if `condition` does not refuse.
    ///
    /// @return the row that was removed; empty when there was none
    Optional<Row> delete(RecordKey key, Consumer<Row> condition);

    /// Visits rows of a class, until the visitor returns false. Rows that come or change meanwhile may be missed
    /// or met twice.
    void visit(AppId app, String className, Walk walk, Predicate<Row> visitor);

    /// The classes that have rows, with their number.
    Map<String, Long> classes(AppId app);

    /// An order of rows, and where to begin. Rows of the same time are ordered by id.
    ///
    /// @param after the first row to visit comes behind this one in the order
    record Walk(By by, boolean descending, Optional<Position> after) {
        public static final Walk ALL = new Walk(By.ID, false, Optional.empty());
    }

    enum By {
        ID,
        CREATED,
        UPDATED
    }

    /// @param time ignored in the order of ids
    record Position(Instant time, String id) {}
}
