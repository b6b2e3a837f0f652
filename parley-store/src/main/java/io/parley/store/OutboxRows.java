package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import io.parley.core.outbox.Settlement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How jobs lie in the database. Everything here runs on the writer's thread.
final class OutboxRows {
    private OutboxRows() {}

    /// Claims of a process that is gone are nobody's: a directory belongs to one process.
    static void releaseAll(Db db) throws SQLException {
        db.script("UPDATE outbox_lane SET claimed = 0, due_at = 0 WHERE claimed = 1");
    }

    static void add(Db db, List<Job> jobs, long now) throws SQLException {
        for (Job job : jobs) add(db, job, now);
    }

    static void add(Db db, Job job, long now) throws SQLException {
        long due = job.notBefore().map(at -> Math.max(now, at.toEpochMilli())).orElse(now);
        long lane = db.number(
                "INSERT INTO outbox_lane (app, purpose, lane, due_at, waiting) VALUES (?, ?, ?, ?, 1)"
                        + " ON CONFLICT (app, purpose, lane) DO UPDATE SET waiting = waiting + 1 RETURNING number",
                job.app().value(),
                job.purpose().name(),
                job.lane(),
                due);
        db.update(
                "INSERT INTO outbox_job (lane, number, added_at, payload) VALUES"
                        + " (?, (SELECT coalesce(max(number), 0) + 1 FROM outbox_job WHERE lane = ?), ?, ?)",
                lane,
                lane,
                now,
                job.payload());
    }

    private record Lane(long number, String lane, long claim, int attempts) {}

    static List<Batch> claim(Db db, AppId app, Purpose purpose, long now, Claim claim) throws SQLException {
        List<Lane> due = db.list(
                "SELECT number, lane, claim + 1, attempts FROM outbox_lane"
                        + " WHERE app = ? AND purpose = ? AND due_at <= ? ORDER BY due_at LIMIT ?",
                row -> new Lane(row.getLong(1), row.getString(2), row.getLong(3), row.getInt(4)),
                app.value(),
                purpose.name(),
                now,
                claim.lanes);
        List<Batch> batches = new ArrayList<>(due.size());
        for (Lane lane : due) {
            db.update(
                    "UPDATE outbox_lane SET claim = ?, claimed = 1, due_at = ? WHERE number = ?",
                    lane.claim,
                    now + claim.leaseMillis,
                    lane.number);
            List<String> payloads = db.list(
                    "SELECT payload FROM outbox_job WHERE lane = ? ORDER BY number LIMIT ?",
                    row -> row.getString(1),
                    lane.number,
                    claim.perLane);
            batches.add(new Batch(app, purpose, lane.lane, lane.number, lane.claim, lane.attempts, payloads));
        }
        return batches;
    }

    record Claim(int lanes, int perLane, long leaseMillis) {}

    static boolean settle(Db db, Batch batch, Settlement settlement, long now) throws SQLException {
        long waiting = db.number(
                "SELECT waiting FROM outbox_lane WHERE number = ? AND claim = ? AND claimed = 1",
                batch.id(),
                batch.claim());
        if (waiting == 0) return false;
        deleteFirst(db, batch.id(), settlement.done());
        if (settlement.dead() > 0) {
            db.update(
                    "INSERT INTO outbox_dead (app, purpose, lane, payload, added_at, died_at, attempts, reason)"
                            + " SELECT ?, ?, ?, payload, added_at, ?, ?, ? FROM outbox_job"
                            + " WHERE lane = ? ORDER BY number LIMIT ?",
                    batch.app().value(),
                    batch.purpose().name(),
                    batch.lane(),
                    now,
                    settlement.attempts() + 1,
                    settlement.reason(),
                    batch.id(),
                    settlement.dead());
            deleteFirst(db, batch.id(), settlement.dead());
        }
        long rest = waiting - settlement.done() - settlement.dead();
        if (rest <= 0) db.update("DELETE FROM outbox_lane WHERE number = ?", batch.id());
        else
            db.update(
                    "UPDATE outbox_lane SET claimed = 0, due_at = ?, attempts = ?, waiting = ? WHERE number = ?",
                    settlement.retryAt().map(Instant::toEpochMilli).orElse(now),
                    settlement.attempts(),
                    rest,
                    batch.id());
        add(db, settlement.followUps(), now);
        return true;
    }

    private static void deleteFirst(Db db, long lane, int count) throws SQLException {
        if (count > 0)
            db.update(
                    "DELETE FROM outbox_job WHERE lane = ? AND number IN"
                            + " (SELECT number FROM outbox_job WHERE lane = ? ORDER BY number LIMIT ?)",
                    lane,
                    lane,
                    count);
    }
}
