package io.parley.store;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Event;
import io.parley.core.notice.NoticeLog;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Notices on SQLite: the notice once, and a row for each recipient. Thread-safe.
final class SqliteNoticeLog implements NoticeLog {
    /// Rows deleted in one step, so that trimming holds up nobody for long.
    private static final int TRIMMED_AT_ONCE = 1000;

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private long newest; // owned by the writer's thread

    /// @param newest server time of the newest notice that the database holds
    SqliteNoticeLog(Writer writer, Readers readers, Clock clock, long newest) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
        this.newest = newest;
    }

    static long newest(Db db) throws SQLException {
        return db.number("SELECT max(at) FROM notice");
    }

    @Override
    public long append(AppId app, Collection<ClientId> recipients, Event.Notice notice) {
        String body = NoticeCodec.write(notice);
        Collection<ClientId> once = new LinkedHashSet<>(recipients);
        return writer.run(Step.of("keeping a notice of " + app + "/" + notice.conversation(), db -> {
            newest = Math.max(clock.millis(), newest + 1);
            db.update("INSERT INTO notice (at, body) VALUES (?, ?)", newest, body);
            for (ClientId recipient : once)
                db.update(
                        "INSERT INTO notice_recipient (app, client, at) VALUES (?, ?, ?)",
                        app.value(),
                        recipient.value(),
                        newest);
            return newest;
        }));
    }

    @Override
    public List<Event.Timed> since(ClientKey client, long after, int limit) {
        return readers.read(
                "reading notices of " + client,
                db -> db.list(
                        "SELECT n.at, n.body FROM notice_recipient r CROSS JOIN notice n ON n.at = r.at"
                                + " WHERE r.app = ? AND r.client = ? AND r.at > ? ORDER BY r.at LIMIT ?",
                        row -> new Event.Timed(NoticeCodec.read(row.getString(2)), row.getLong(1)),
                        client.app().value(),
                        client.client().value(),
                        after,
                        Math.max(0, limit)));
    }

    @Override
    public void trim(Instant before) {
        long time = before.toEpochMilli();
        Housekeeping.repeatWhileFull(
                TRIMMED_AT_ONCE,
                limit -> writer.run(Step.of(
                        "forgetting old notices",
                        db -> db.update(
                                "DELETE FROM notice_recipient WHERE (app, client, at) IN"
                                        + " (SELECT app, client, at FROM notice_recipient WHERE at < ? LIMIT ?)",
                                time,
                                limit))));
        Housekeeping.repeatWhileFull(
                TRIMMED_AT_ONCE,
                limit -> writer.run(Step.of(
                        "forgetting old notices",
                        db -> db.update(
                                "DELETE FROM notice WHERE at IN (SELECT at FROM notice WHERE at < ? LIMIT ?)",
                                time,
                                limit))));
    }
}
