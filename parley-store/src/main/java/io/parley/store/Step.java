package io.parley.store;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A change of the database, atomic by itself, that the [Writer] runs in one transaction with its neighbours.
/// Everything but making and awaiting it happens on the writer's thread.
abstract class Step<T> extends Pending<T> {
    /// Owned by the [Inbox], then by the writer.
    @Nullable
    Step<?> next;

    interface Body<T> {
        T execute(Db db) throws SQLException;
    }

    abstract T execute(Db db) throws SQLException;

    /// Whether the step can fail after it has written something. Such a step gets a savepoint, so that its failure
    /// leaves nothing behind and harms none of its neighbours.
    boolean guarded() {
        return true;
    }

    /// Called when the result is durable, before the caller knows of it: the place to bring caches up to date.
    void committed(T result) {}

    static <T> Step<T> of(String doing, Body<T> body) {
        return of(doing, body, result -> {});
    }

    static <T> Step<T> of(String doing, Body<T> body, Consumer<T> committed) {
        return new Step<>() {
            @Override
            String doing() {
                return doing;
            }

            @Override
            T execute(Db db) throws SQLException {
                return body.execute(db);
            }

            @Override
            void committed(T result) {
                committed.accept(result);
            }
        };
    }

    final void run(Db db) throws SQLException {
        succeeded(execute(db));
    }

    final void afterCommit() {
        T value = result();
        if (value != null && !hasFailed()) committed(value);
    }
}
