package io.parley.client.internal.cache;

import io.parley.client.SqlDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SQLite by JDBC: needs {@code org.xerial:sqlite-jdbc} on the class path. Not for Android. */
public final class JdbcDatabase implements SqlDatabase {
    private final Connection connection;

    /** @param file is created when it is not there */
    public JdbcDatabase(String file) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open the cache " + file + "; is sqlite-jdbc there?", e);
        }
        query("PRAGMA journal_mode = WAL", row -> row.text(0));
        execute("PRAGMA synchronous = NORMAL");
    }

    @Override
    public void execute(String sql, Object... arguments) {
        try (PreparedStatement statement = prepared(sql, arguments)) {
            statement.execute();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    @Override
    public <T> List<T> query(String sql, Function<Row, T> reader, Object... arguments) {
        try (PreparedStatement statement = prepared(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) found.add(reader.apply(new JdbcRow(rows)));
            return found;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
        return statement;
    }

    @Override
    public void transaction(Runnable work) {
        execute("BEGIN");
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            execute(done ? "COMMIT" : "ROLLBACK");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("close", e);
        }
    }

    private static IllegalStateException failure(String sql, SQLException e) {
        return new IllegalStateException("the cache failed: " + sql, e);
    }

    private static final class JdbcRow implements Row {
        private final ResultSet rows;

        JdbcRow(ResultSet rows) {
            this.rows = rows;
        }

        @Override
        public String text(int column) {
            try {
                return String.valueOf(rows.getString(column + 1));
            } catch (SQLException e) {
                throw failure("column " + column, e);
            }
        }

        @Override
        public long number(int column) {
            try {
                return rows.getLong(column + 1);
            } catch (SQLException e) {
                throw failure("column " + column, e);
            }
        }
    }
}
