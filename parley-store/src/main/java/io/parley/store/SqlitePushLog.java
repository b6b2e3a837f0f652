package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.outbox.Job;
import io.parley.core.push.Platform;
import io.parley.core.push.PushLog;
import io.parley.core.push.PushOutcome;
import io.parley.core.push.PushOutcome.Status;
import io.parley.core.push.PushRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of pushes, on SQLite. Thread-safe.
final class SqlitePushLog implements PushLog {
    private static final int TRIMMED_AT_ONCE = 1000;
    private static final String COLUMNS = "id, request, created_at, push_at, expires_at";

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private final SqliteOutbox.Announcer announcer;

    SqlitePushLog(Writer writer, Readers readers, Clock clock, SqliteOutbox.Announcer announcer) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
        this.announcer = announcer;
    }

    @Override
    public void note(AppId app, String push, Collection<PushOutcome> outcomes, boolean detailed) {
        List<PushOutcome> noted = List.copyOf(outcomes);
        writer.run(Step.of("noting outcomes of push " + push, db -> {
            for (PushOutcome outcome : noted) {
                if (detailed) replace(db, app, push, outcome);
                if (outcome.status().isFinal()) count(db, app, push, outcome);
            }
            return noted.size();
        }));
    }

    private static void replace(Db db, AppId app, String push, PushOutcome outcome) throws SQLException {
        db.update(
                "INSERT INTO push_outcome (app, push, device, platform, client, status, reason, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, push, device) DO UPDATE SET"
                        + " platform = excluded.platform, client = excluded.client, status = excluded.status,"
                        + " reason = excluded.reason, at = excluded.at",
                app.value(),
                push,
                outcome.device(),
                outcome.platform().name(),
                outcome.client().map(ClientId::value).orElse(null),
                outcome.status().name(),
                outcome.reason(),
                outcome.at().toEpochMilli());
    }

    private static void count(Db db, AppId app, String push, PushOutcome outcome) throws SQLException {
        db.update(
                "INSERT INTO push_count (app, push, platform, status, devices, at) VALUES (?, ?, ?, ?, 1, ?)"
                        + " ON CONFLICT (app, push, platform, status) DO UPDATE SET"
                        + " devices = devices + 1, at = excluded.at",
                app.value(),
                push,
                outcome.platform().name(),
                outcome.status().name(),
                outcome.at().toEpochMilli());
    }

    @Override
    public List<PushOutcome> outcomes(AppId app, String push, int limit) {
        return readers.read(
                "reading outcomes of push " + push,
                db -> db.list(
                        "SELECT device, platform, client, status, reason, at FROM push_outcome"
                                + " WHERE app = ? AND push = ? ORDER BY device LIMIT ?",
                        row -> new PushOutcome(
                                row.getString(1),
                                Platform.valueOf(row.getString(2)),
                                Optional.ofNullable(row.getString(3)).map(ClientId::new),
                                Status.valueOf(row.getString(4)),
                                row.getString(5),
                                Instant.ofEpochMilli(row.getLong(6))),
                        app.value(),
                        push,
                        Math.max(0, limit)));
    }

    @Override
    public Map<Platform, Map<Status, Long>> counts(AppId app, String push) {
        return readers.read("counting outcomes of push " + push, db -> {
            Map<Platform, Map<Status, Long>> counts = new EnumMap<>(Platform.class);
            db.each(
                    "SELECT platform, status, devices FROM push_count WHERE app = ? AND push = ?",
                    row -> {
                        counts.computeIfAbsent(
                                        Platform.valueOf(row.getString(1)), platform -> new EnumMap<>(Status.class))
                                .put(Status.valueOf(row.getString(2)), row.getLong(3));
                        return true;
                    },
                    app.value(),
                    push);
            return counts;
        });
    }

    @Override
    public Optional<PushRecord> add(PushRecord push, Job job, Optional<String> requestId, Instant since) {
        return writer.run(Step.of(
                "adding push " + push.id(),
                db -> {
                    Optional<PushRecord> earlier =
                            requestId.isEmpty() ? Optional.empty() : repeated(db, push.app(), requestId.get(), since);
                    if (earlier.isPresent()) return earlier;
                    insert(db, push, requestId);
                    OutboxRows.add(db, job, clock.millis());
                    return earlier;
                },
                earlier -> {
                    if (earlier.isEmpty()) announcer.added(List.of(job));
                }));
    }

    private static Optional<PushRecord> repeated(Db db, AppId app, String requestId, Instant since)
            throws SQLException {
        return db.first(
                "SELECT " + COLUMNS + " FROM push_record"
                        + " WHERE app = ? AND request_id = ? AND created_at >= ? ORDER BY created_at LIMIT 1",
                row -> record(app, row),
                app.value(),
                requestId,
                since.toEpochMilli());
    }

    private static void insert(Db db, PushRecord push, Optional<String> requestId) throws SQLException {
        db.update(
                "INSERT OR REPLACE INTO push_record"
                        + " (app, id, request_id, request, created_at, push_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                push.app().value(),
                push.id(),
                requestId.orElse(null),
                push.request().toString(),
                push.createdAt().toEpochMilli(),
                push.pushAt().map(Instant::toEpochMilli).orElse(null),
                push.expiresAt().toEpochMilli());
    }

    private static PushRecord record(AppId app, ResultSet row) throws SQLException {
        long pushAt = row.getLong(4);
        return new PushRecord(
                app,
                row.getString(1),
                Json.parse(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                pushAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(pushAt)),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    @Override
    public Optional<PushRecord> find(AppId app, String id) {
        return readers.read(
                "reading push " + id,
                db -> db.first(
                        "SELECT " + COLUMNS + " FROM push_record WHERE app = ? AND id = ?",
                        row -> record(app, row),
                        app.value(),
                        id));
    }

    @Override
    public List<PushRecord> list(AppId app, Optional<Instant> before, int limit) {
        return readers.read(
                "listing pushes of app " + app,
                db -> db.list(
                        "SELECT " + COLUMNS + " FROM push_record WHERE app = ? AND created_at < ?"
                                + " ORDER BY created_at DESC, id DESC LIMIT ?",
                        row -> record(app, row),
                        app.value(),
                        before.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
                        Math.max(0, limit)));
    }

    @Override
    public boolean delete(AppId app, String id) {
        return writer.run(Step.of(
                "deleting push " + id,
                db -> db.update("DELETE FROM push_record WHERE app = ? AND id = ?", app.value(), id) > 0));
    }

    @Override
    public void trim(Instant before) {
        trim(
                "DELETE FROM push_outcome WHERE (app, push, device) IN"
                        + " (SELECT app, push, device FROM push_outcome WHERE at < ? LIMIT ?)",
                before);
        trim(
                "DELETE FROM push_count WHERE (app, push, platform, status) IN"
                        + " (SELECT app, push, platform, status FROM push_count WHERE at < ? LIMIT ?)",
                before);
        trim(
                "DELETE FROM push_record WHERE (app, id) IN (SELECT app, id FROM push_record"
                        + " WHERE max(created_at, coalesce(push_at, 0)) < ? LIMIT ?)",
                before);
    }

    private void trim(String deletion, Instant before) {
        Housekeeping.repeatWhileFull(
                TRIMMED_AT_ONCE,
                limit -> writer.run(
                        Step.of("forgetting old pushes", db -> db.update(deletion, before.toEpochMilli(), limit))));
    }
}
