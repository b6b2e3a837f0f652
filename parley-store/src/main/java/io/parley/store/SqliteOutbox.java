package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.DeadLetter;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Outbox;
import io.parley.core.outbox.Purpose;
import io.parley.core.outbox.Settlement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Jobs on SQLite. Thread-safe.
final class SqliteOutbox implements Outbox {
    private static final int TRIMMED_AT_ONCE = 1000;

    /// What an older or newer program may have left is not ours to do.
    private static final Set<String> KNOWN =
            Arrays.stream(Purpose.values()).map(Purpose::name).collect(Collectors.toUnmodifiableSet());

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private final Announcer announcer;

    /// Passes on that there is work, also when a message brought it.
    static final class Announcer {
        private volatile Listener listener = (app, purpose) -> {};

        void added(List<Job> jobs) {
            for (Job job : jobs)
                if (job.notBefore().isPresent())
                    listener.added(job.app(), job.purpose(), job.notBefore().get());
                else listener.added(job.app(), job.purpose());
        }
    }

    SqliteOutbox(Writer writer, Readers readers, Clock clock, Announcer announcer) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
        this.announcer = announcer;
    }

    @Override
    public void add(Collection<Job> jobs) {
        List<Job> added = List.copyOf(jobs);
        if (added.isEmpty()) return;
        writer.run(Step.of(
                "adding jobs",
                db -> {
                    OutboxRows.add(db, added, clock.millis());
                    return added;
                },
                announcer::added));
    }

    @Override
    public List<Batch> claim(AppId app, Purpose purpose, int lanes, int perLane, Duration lease) {
        var claim = new OutboxRows.Claim(lanes, perLane, lease.toMillis());
        return writer.run(Step.of("claiming jobs", db -> OutboxRows.claim(db, app, purpose, clock.millis(), claim)));
    }

    @Override
    public boolean settle(Batch batch, Settlement settlement) {
        return writer.run(Step.of(
                "settling jobs of " + batch.app() + "/" + batch.purpose(),
                db -> OutboxRows.settle(db, batch, settlement, clock.millis()),
                settled -> {
                    if (settled) announcer.added(settlement.followUps());
                }));
    }

    @Override
    public List<Waiting> waiting() {
        return readers.read("counting jobs", db -> {
            List<Waiting> found = new ArrayList<>();
            db.each("SELECT app, purpose, sum(waiting), min(due_at) FROM outbox_lane GROUP BY app, purpose", row -> {
                if (KNOWN.contains(row.getString(2)))
                    found.add(new Waiting(
                            new AppId(row.getString(1)),
                            Purpose.valueOf(row.getString(2)),
                            row.getLong(3),
                            Instant.ofEpochMilli(row.getLong(4))));
                return true;
            });
            return found;
        });
    }

    @Override
    public List<DeadLetter> dead(AppId app, OptionalLong before, int limit) {
        if (limit <= 0) return List.of();
        return readers.read("reading dead letters of " + app, db -> {
            List<DeadLetter> found = new ArrayList<>();
            db.each(
                    "SELECT number, purpose, lane, payload, added_at, died_at, attempts, reason FROM outbox_dead"
                            + " WHERE app = ? AND number < ? ORDER BY number DESC LIMIT ?",
                    row -> {
                        if (KNOWN.contains(row.getString(2))) found.add(letter(row));
                        return true;
                    },
                    app.value(),
                    before.orElse(Long.MAX_VALUE),
                    limit);
            return found;
        });
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong(1),
                Purpose.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7),
                row.getString(8));
    }

    @Override
    public long deadCount() {
        return readers.read("counting dead letters", db -> db.number("SELECT count(*) FROM outbox_dead"));
    }

    @Override
    public int replay(AppId app, Collection<Long> ids) {
        List<Long> wanted = List.copyOf(ids);
        List<Job> revived = writer.run(Step.of(
                "replaying dead letters of " + app,
                db -> {
                    List<Job> jobs = new ArrayList<>();
                    for (long id : wanted) revive(db, app, id).ifPresent(jobs::add);
                    return jobs;
                },
                announcer::added));
        return revived.size();
    }

    private Optional<Job> revive(Db db, AppId app, long id) throws SQLException {
        Optional<DeadLetter> letter = db.first(
                "SELECT number, purpose, lane, payload, added_at, died_at, attempts, reason FROM outbox_dead"
                        + " WHERE app = ? AND number = ?",
                SqliteOutbox::letter,
                app.value(),
                id);
        if (letter.isEmpty()) return Optional.empty();
        Job job = new Job(
                app, letter.get().purpose(), letter.get().lane(), letter.get().payload());
        OutboxRows.add(db, job, clock.millis());
        db.update("DELETE FROM outbox_dead WHERE number = ?", id);
        return Optional.of(job);
    }

    @Override
    public int discard(AppId app, Collection<Long> ids) {
        List<Long> wanted = List.copyOf(ids);
        return writer.run(Step.of("discarding dead letters of " + app, db -> {
            int gone = 0;
            for (long id : wanted)
                gone += db.update("DELETE FROM outbox_dead WHERE app = ? AND number = ?", app.value(), id);
            return gone;
        }));
    }

    @Override
    public void trim(Instant before) {
        Housekeeping.repeatWhileFull(
                TRIMMED_AT_ONCE,
                limit -> writer.run(Step.of(
                        "forgetting old dead letters",
                        db -> db.update(
                                "DELETE FROM outbox_dead WHERE number IN"
                                        + " (SELECT number FROM outbox_dead WHERE died_at < ? LIMIT ?)",
                                before.toEpochMilli(),
                                limit))));
    }

    @Override
    public void listen(Listener listener) {
        announcer.listener = listener;
    }
}
