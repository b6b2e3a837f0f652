package io.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a database to the newest layout. The number of steps taken is kept in SQLite's `user_version`, and changes
/// in the same transaction as the layout.
final class Schema {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);

    /// In order; a step that was released is never changed. The names are listed, not searched for: see
    /// docs/adr/0002-sqlite-message-log.md.
    private static final List<String> STEPS = List.of(
            "V1__chat.sql",
            "V2__moderation.sql",
            "V3__rooms_and_expiry.sql",
            "V4__service.sql",
            "V5__records.sql",
            "V6__outbox.sql",
            "V7__intake.sql",
            "V8__push.sql",
            "V9__rest.sql",
            "V10__words.sql",
            "V11__signatures.sql",
            "V12__sender_address.sql",
            "V13__streamed_replies.sql",
            "V14__registration_ids.sql",
            "V15__role_times.sql");

    private Schema() {}

    static void migrate(Db db) throws SQLException {
        int version = Math.toIntExact(db.number("PRAGMA user_version"));
        if (version > STEPS.size())
            throw new StorageFailedException(
                    "the database has layout " + version + ", this program knows layouts up to " + STEPS.size()
                            + ": use the newer program that wrote it",
                    null);
        for (int step = version; step < STEPS.size(); step++) {
            db.script("BEGIN IMMEDIATE; " + text(STEPS.get(step)) + "\n; PRAGMA user_version = " + (step + 1)
                    + "; COMMIT");
            log.info("database layout changed step={}", STEPS.get(step));
        }
    }

    private static String text(String step) {
        try (InputStream in = Schema.class.getResourceAsStream("sqlite/" + step)) {
            if (in == null) throw new IllegalStateException("migration " + step + " is missing in the program");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read migration " + step, e);
        }
    }
}
