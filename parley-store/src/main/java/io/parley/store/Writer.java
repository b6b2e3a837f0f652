package io.parley.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that changes the database. It takes whatever waits, up to [#MAX_BATCH] steps, runs it in one
/// transaction, commits, and wakes those who wait; meanwhile the next batch gathers. So a sync of the disk is shared by
/// all that came during the one before, without a timer.
///
/// At most [#MAX_WAITING] steps wait; further callers park before they may add theirs. Callers are virtual threads,
/// and whoever feeds them (a connection's inbox) is slowed down with them.
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    /// Large batches pay: a page of the index that several messages of a conversation share is written once.
    static final int MAX_BATCH = 1024;

    static final int MAX_WAITING = 16_384;

    /// Takes part in every transaction.
    interface Participant {
        /// First thing on the writer's thread.
        void prepare(Db db) throws SQLException;

        void beforeCommit(Db db) throws SQLException;

        void afterCommit();

        /// Whatever was done since the last commit did not happen.
        void afterRollback();
    }

    private final Db db;
    private final Participant participant;
    private final WriterHealth health;
    private final Inbox inbox = new Inbox();
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Chore chore;

    private final DistributionSummary batchSize;
    private final Timer commitTime;

    // Owned by the writer's thread.
    private final Step<?>[] batch = new Step<?>[MAX_BATCH];
    private @Nullable Step<?> waiting;

    Writer(Db db, Participant participant, WriterHealth health, MeterRegistry meters) {
        this.db = db;
        this.participant = participant;
        this.health = health;
        batchSize = DistributionSummary.builder("parley.store.batch.size")
                .description("steps that were made durable by one commit")
                .baseUnit("steps")
                .register(meters);
        commitTime = Timer.builder("parley.store.commit")
                .description("time of a commit, with the sync of the disk")
                .register(meters);
        Gauge.builder("parley.store.queue.depth", room, r -> MAX_WAITING - r.availablePermits())
                .description("steps that wait for the writer or are being written")
                .baseUnit("steps")
                .register(meters);
        thread = Thread.ofPlatform().name("parley-store-writer").daemon().unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    /// Runs a step and returns when it is durable. Blocks; also before that, while too much is waiting.
    <T> T run(Step<T> step) {
        room.acquireUninterruptibly();
        if (!inbox.add(step, thread)) {
            room.release();
            throw new IllegalStateException("the store is closed");
        }
        return step.await();
    }

    interface Chore {
        void run(Db db) throws SQLException;
    }

    /// Runs a chore on the writer's thread after the transaction at hand, outside any. Does not wait for it; a chore
    /// that has not begun yet is replaced.
    void between(Chore chore) {
        this.chore = chore;
        LockSupport.unpark(thread);
    }

    private void runChore() {
        Chore due = chore;
        if (due == null) return;
        chore = null;
        try {
            due.run(db);
        } catch (SQLException | RuntimeException e) {
            db.forgetStatements();
            log.warn("a chore of the writer failed, trying again later", e);
        }
    }

    private void live() {
        try {
            participant.prepare(db);
        } catch (SQLException | RuntimeException e) {
            health.broken("preparing to write", e);
        }
        while (true) {
            runChore();
            if (waiting == null) waiting = inbox.takeAll();
            if (waiting == null) {
                if (closing) break;
                LockSupport.park(this);
            } else {
                runBatch(fillBatch());
            }
        }
        waiting = inbox.close();
        while (waiting != null) runBatch(fillBatch());
    }

    private int fillBatch() {
        int size = 0;
        while (size < MAX_BATCH) {
            Step<?> step = waiting;
            if (step == null) {
                waiting = step = inbox.takeAll(); // came while the batch was gathered
                if (step == null) break;
            }
            waiting = step.next;
            step.next = null;
            batch[size++] = step;
        }
        return size;
    }

    private void runBatch(int size) {
        try {
            health.check();
            db.run("BEGIN IMMEDIATE");
            for (int i = 0; i < size; i++) runStep(batch[i]);
            participant.beforeCommit(db);
            long start = System.nanoTime();
            db.run("COMMIT");
            commitTime.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            batchSize.record(size);
            health.committed();
            participant.afterCommit();
            for (int i = 0; i < size; i++) batch[i].afterCommit();
        } catch (SQLException | RuntimeException | Error e) {
            fail(size, e);
        }
        for (int i = 0; i < size; i++) batch[i].done();
        java.util.Arrays.fill(batch, 0, size, null);
        room.release(size);
    }

    private void runStep(Step<?> step) throws SQLException {
        boolean guarded = step.guarded();
        try {
            if (guarded) db.run("SAVEPOINT step");
            step.run(db);
            if (guarded) db.run("RELEASE step");
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException) db.forgetStatements();
            if (WriterHealth.endsTransaction(e)) throw e;
            if (guarded) {
                db.run("ROLLBACK TO step");
                db.run("RELEASE step");
            }
            step.failed(e);
        }
    }

    /// The transaction is lost, and with it every step of the batch.
    private void fail(int size, Throwable cause) {
        RuntimeException failure = health.failed(cause);
        db.forgetStatements();
        try {
            db.run("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, or had not begun.
            cause.addSuppressed(e);
        }
        participant.afterRollback();
        for (int i = 0; i < size; i++) batch[i].failed(failure);
    }

    /// Runs what was accepted, then ends. Later calls of [#run] fail.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
