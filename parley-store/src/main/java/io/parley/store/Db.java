package io.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database connection with the statements it has prepared. Owned by one thread at a time.
///
/// Statements are kept by their text, so texts must come from a closed set: values are always bound, never spelled out.
final class Db implements AutoCloseable {
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    interface RowVisitor {
        /// @return false to stop
        boolean visit(ResultSet row) throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(Db.class);

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Db(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) result.add(mapper.map(rows));
            return result;
        }
    }

    <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
        }
    }

    /// The number in the first column of the first row; 0 when there is no row, or nothing in it.
    long number(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// Visits rows one by one. The visitor must not run the same statement again.
    void each(String sql, RowVisitor visitor, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) if (!visitor.visit(rows)) return;
        }
    }

    /// @return how many rows changed
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /// Runs a statement that neither takes nor gives values.
    void run(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /// Runs a script of several statements, or a statement that is needed only once.
    void script(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /// Forgets all statements, to be called after an error: the driver makes some statements unusable then.
    void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                log.debug("a statement was not closed cleanly", e);
            }
        }
        statements.clear();
    }

    /// Closes the statements with the connection.
    @Override
    public void close() throws SQLException {
        statements.clear();
        connection.close();
    }
}
