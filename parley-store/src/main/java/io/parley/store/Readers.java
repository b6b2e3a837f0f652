package io.parley.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few platform threads that read, each with a connection of its own: native calls would hold a virtual thread's
/// carrier. A read sees everything that was committed when it began, and one state of it throughout.
///
/// At most [#MAX_WAITING] reads wait; further callers park before they may add theirs.
final class Readers implements AutoCloseable {
    static final int MAX_WAITING = 4096;

    interface Query<T> {
        T run(Db db) throws SQLException;
    }

    private final ConcurrentLinkedDeque<Db> idle;
    private final ThreadPoolExecutor threads;
    private final Semaphore room = new Semaphore(MAX_WAITING);

    /// @param connections one per thread; closed with this
    Readers(List<Db> connections) {
        idle = new ConcurrentLinkedDeque<>(connections);
        threads = new ThreadPoolExecutor(
                connections.size(),
                connections.size(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // bounded by `room`
                Thread.ofPlatform().name("parley-store-reader-", 1).daemon().factory());
    }

    /// @param doing for error messages, as in [Pending#doing]
    <T> T read(String doing, Query<T> query) {
        Read<T> read = new Read<>(doing, query);
        room.acquireUninterruptibly();
        try {
            threads.execute(read);
            return read.await();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the store is closed", e);
        } finally {
            room.release();
        }
    }

    private static <T> T inTransaction(Db db, Query<T> query) throws SQLException {
        db.run("BEGIN");
        T result;
        try {
            result = query.run(db);
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException) db.forgetStatements();
            try {
                db.run("ROLLBACK");
            } catch (SQLException alreadyEnded) {
                e.addSuppressed(alreadyEnded);
            }
            throw e;
        }
        db.run("COMMIT");
        return result;
    }

    private final class Read<T> extends Pending<T> implements Runnable {
        private final String doing;
        private final Query<T> query;

        Read(String doing, Query<T> query) {
            this.doing = doing;
            this.query = query;
        }

        @Override
        String doing() {
            return doing;
        }

        @Override
        public void run() {
            Db db = idle.remove(); // as many connections as threads
            try {
                succeeded(inTransaction(db, query));
            } catch (SQLException | RuntimeException | Error e) {
                failed(e);
            } finally {
                idle.push(db);
                done();
            }
        }
    }

    /// Finishes the reads that were accepted. Later ones fail.
    @Override
    public void close() throws SQLException {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                boolean ended = threads.awaitTermination(1, TimeUnit.MINUTES);
                if (ended) break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        for (Db db : idle) db.close();
    }
}
