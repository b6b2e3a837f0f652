package io.parley.client;

import java.util.List;
import java.util.function.Function;

/**
 * A SQLite database for the cache: implement it over {@code android.database.sqlite} on Android. Used by one thread at a
 * time. Failures may be thrown as any unchecked exception; the SDK then goes on without its cache.
 */
public interface SqlDatabase {
    /** One row of a result. */
    interface Row {
        /**
         * A text.
         *
         * @param column from 0
         * @return never null in the statements of the SDK
         */
        String text(int column);

        /**
         * A number.
         *
         * @param column from 0
         * @return an integer of 64 bits
         */
        long number(int column);
    }

    /**
     * Runs a statement without a result.
     *
     * @param sql with a {@code ?} for each argument
     * @param arguments of type String or Long
     */
    void execute(String sql, Object... arguments);

    /**
     * Runs a statement with a result.
     *
     * @param sql with a {@code ?} for each argument
     * @param reader makes an object of each row
     * @param arguments of type String or Long
     * @param <T> what the reader makes
     * @return in the order of the rows
     */
    <T> List<T> query(String sql, Function<Row, T> reader, Object... arguments);

    /**
     * Runs several statements, all or none.
     *
     * @param work the statements; they do not nest transactions
     */
    void transaction(Runnable work);

    /** Closes the database. */
    void close();
}
