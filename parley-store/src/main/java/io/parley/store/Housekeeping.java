package io.parley.store;

import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What must be done from time to time, on one thread: writing delivery marks, copying the write-ahead log,
/// forgetting old patches, broadcasts and signatures, and temporary conversations that are over.
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    /// Well below the second that [io.parley.core.receipt.CursorStore#acknowledge] promises.
    private static final long WRITE_EVERY_MILLIS = 200;

    private static final int TRIMMED_AT_ONCE = 1000;
    private static final int DELETED_AT_ONCE = 20;

    private final DeliveryMarks marks;
    private final MarkFlush flush;
    private final ServiceMarks serviceMarks;
    private final SqliteServiceLog services;
    private final Readers readers;
    private final Patches patches;
    private final Writer writer;
    private final Checkpoints checkpoints;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("parley-store-housekeeping").daemon().factory());

    Housekeeping(
            DeliveryMarks marks,
            MarkFlush flush,
            ServiceMarks serviceMarks,
            SqliteServiceLog services,
            Readers readers,
            Patches patches,
            Checkpoints checkpoints,
            Writer writer,
            Clock clock) {
        this.clock = clock;
        this.marks = marks;
        this.flush = flush;
        this.serviceMarks = serviceMarks;
        this.services = services;
        this.readers = readers;
        this.patches = patches;
        this.checkpoints = checkpoints;
        this.writer = writer;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::writeMarks, WRITE_EVERY_MILLIS, WRITE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        var _ = thread.scheduleWithFixedDelay(this::checkpoint, 1, 1, TimeUnit.SECONDS);
        var _ = thread.scheduleWithFixedDelay(this::trim, 1, 60, TimeUnit.MINUTES);
        var _ = thread.scheduleWithFixedDelay(this::deleteExpired, 2, 60, TimeUnit.MINUTES);
    }

    private void writeMarks() {
        marks.write(flush);
        serviceMarks.write(readers, writer);
    }

    private void checkpoint() {
        try {
            checkpoints.run();
        } catch (SQLException | RuntimeException e) {
            log.warn("the write-ahead log grows, trying again to copy it into the database", e);
        }
    }

    private void trim() {
        try {
            repeatWhileFull(
                    TRIMMED_AT_ONCE,
                    limit -> writer.run(Step.of("forgetting old patches", db -> patches.trim(db, limit))));
            repeatWhileFull(
                    TRIMMED_AT_ONCE,
                    limit -> writer.run(Step.of("forgetting old broadcasts", db -> services.trim(db, limit))));
            repeatWhileFull(
                    TRIMMED_AT_ONCE,
                    limit -> writer.run(Step.of(
                            "forgetting used signatures", db -> SqliteUsedSignatures.trim(db, clock.millis(), limit))));
        } catch (RuntimeException e) {
            log.warn("old patches, broadcasts and signatures stay, trying again later", e);
        }
    }

    private void deleteExpired() {
        try {
            repeatWhileFull(
                    DELETED_AT_ONCE,
                    limit -> writer.run(Step.of(
                            "deleting temporary conversations that are over",
                            db -> ExpiredConversations.delete(db, clock.millis(), limit))));
        } catch (RuntimeException e) {
            log.warn("temporary conversations that are over stay, trying again later", e);
        }
    }

    /// Repeats a bounded deletion until it finds less than it may delete.
    static void repeatWhileFull(int limit, IntUnaryOperator deletion) {
        int deleted;
        do {
            deleted = deletion.applyAsInt(limit);
        } while (deleted == limit);
    }

    /// Stops, then writes what is not written yet.
    @Override
    public void close() throws SQLException {
        thread.close();
        writeMarks();
        checkpoints.close();
    }
}
