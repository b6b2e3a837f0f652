package io.parley.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.message.Audience;
import io.parley.core.message.Draft;
import io.parley.core.message.MessageLog;
import io.parley.core.outbox.Job;
import io.parley.core.record.Row;
import io.parley.store.Heads.Head;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Adds messages to the log: the hot path of the store. Owned by the writer's thread.
final class Appender implements Writer.Participant {
    private final Clock clock;
    private final Heads heads;
    private final RecentTokens tokens;
    private final SqliteOutbox.Announcer outbox;
    private final Counter stored;
    private final SplittableRandom random = new SplittableRandom();
    private long nextRow;
    private int uncommitted;

    /// How many messages without a token are passed over in the search for recent tokens at start.
    private static final int MAX_PASSED = 50_000;

    Appender(Clock clock, Heads heads, RecentTokens tokens, SqliteOutbox.Announcer outbox, MeterRegistry meters) {
        this.outbox = outbox;
        this.clock = clock;
        this.heads = heads;
        this.tokens = tokens;
        stored = Counter.builder("parley.messages.stored")
                .description("messages made durable")
                .baseUnit("messages")
                .register(meters);
    }

    /// For whoever else writes messages. Called by the writer's thread.
    long takeRow() {
        return nextRow++;
    }

    /// @param id the random part
    record Place(long row, long position, long timestamp, int id, boolean duplicate) {}

    /// One message on its way into the log.
    final class Append extends Step<Place> {
        private final Draft draft;
        private final long conversation;
        private final int tokenHash;
        private List<Job> jobs = List.of(); // that were added with the message

        /// Made on the caller's thread, which so pays for the hashing.
        Append(Draft draft, long conversation) {
            this.draft = draft;
            this.conversation = conversation;
            tokenHash = draft.token().isPresent()
                    ? tokens.hash(
                            conversation, draft.from().value(), draft.token().get())
                    : 0;
        }

        @Override
        String doing() {
            ConversationKey key = draft.conversation();
            return "storing a message of conversation " + key;
        }

        /// Most messages are one row, or nothing.
        @Override
        boolean guarded() {
            return draft.audience() != Audience.MEMBERS || draft.followUp().isPresent();
        }

        @Override
        void committed(Place place) {
            if (!jobs.isEmpty()) outbox.added(jobs);
        }

        @Override
        Place execute(Db db) throws SQLException {
            long now = clock.millis();
            if (tokenHash != 0) {
                Optional<Place> first = first(db, now);
                if (first.isPresent()) return first.get();
            }
            Head head = heads.get(db, conversation);
            long timestamp = Math.max(now, head.timestamp() + 1);
            Place place = new Place(nextRow++, head.position() + 1, timestamp, random.nextInt(), false);
            insert(db, place);
            if (draft.audience() != Audience.MEMBERS) address(db, place, draft.audience());
            if (draft.followUp().isPresent())
                followUp(db, place, draft.followUp().get());
            heads.advance(head, timestamp, place.row);
            if (tokenHash != 0) tokens.remember(tokenHash, place.row, now);
            uncommitted++;
            return place;
        }

        private void followUp(Db db, Place place, Draft.FollowUp followUp) throws SQLException {
            var id = MessageIds.make(place.timestamp, conversation, place.id);
            var ticket = new MessageLog.Ticket(id, place.timestamp);
            for (Row row : followUp.rows(ticket)) RecordRows.insert(db, row);
            jobs = followUp.of(ticket);
            OutboxRows.add(db, jobs, clock.millis());
        }

        private void address(Db db, Place place, Audience audience) throws SQLException {
            String app = draft.conversation().app().value();
            switch (audience) {
                case Audience.Members members -> {}
                case Audience.Subscribers subscribers ->
                    ServiceSeat.addEntry(db, conversation, ServiceSeat.SUBSCRIBERS, place.timestamp, place.row);
                case Audience.Clients(var clients) -> {
                    for (ClientId client : clients) {
                        ServiceSeat.ensure(db, app, conversation, client);
                        ServiceSeat.addEntry(db, conversation, client.value(), place.timestamp, place.row);
                    }
                }
                case Audience.Everybody(var validTill) ->
                    db.update(
                            "INSERT INTO broadcast (row, app, conversation, timestamp, valid_till)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            place.row,
                            app,
                            conversation,
                            place.timestamp,
                            validTill.toEpochMilli());
            }
        }

        private Optional<Place> first(Db db, long now) throws SQLException {
            long row = tokens.find(tokenHash, candidate -> isFirst(db, candidate, now));
            return row == 0
                    ? Optional.empty()
                    : db.first(
                            "SELECT position, timestamp, id FROM message WHERE row = ?",
                            found -> new Place(row, found.getLong(1), found.getLong(2), found.getInt(3), true),
                            row);
        }

        private boolean isFirst(Db db, long row, long now) throws SQLException {
            return db.first(
                            "SELECT 1 FROM message WHERE row = ? AND conversation = ? AND sender = ? AND token = ?"
                                    + " AND timestamp >= ?",
                            found -> true,
                            row,
                            conversation,
                            draft.from().value(),
                            draft.token().orElseThrow(),
                            now - MessageLog.TOKEN_MEMORY.toMillis())
                    .isPresent();
        }

        private void insert(Db db, Place place) throws SQLException {
            @Nullable String mentions = Json.text(draft.mentions());
            boolean plain =
                    mentions == null && !draft.receipt() && draft.pushData().isEmpty();
            // Every bound value is a native call; most messages need few.
            PreparedStatement insert = db.prepared(
                    plain
                            ? "INSERT INTO message (row, conversation, position, timestamp, id, sender, token, delivered_at,"
                                    + " content, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            : "INSERT INTO message (row, conversation, position, timestamp, id, sender, token, delivered_at,"
                                    + " content, address, receipt, mentions, push_data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            insert.setLong(1, place.row);
            insert.setLong(2, conversation);
            insert.setLong(3, place.position);
            insert.setLong(4, place.timestamp);
            insert.setInt(5, place.id);
            insert.setString(6, draft.from().value());
            insert.setString(7, draft.token().orElse(null));
            insert.setLong(8, -place.timestamp);
            switch (draft.content()) {
                case Content.Text text -> insert.setString(9, text.value());
                case Content.Binary binary -> insert.setBytes(9, binary.value());
            }
            insert.setString(10, draft.address().orElse(null));
            if (!plain) {
                if (draft.receipt()) insert.setInt(11, 1);
                else insert.setNull(11, Types.INTEGER);
                insert.setString(12, mentions);
                insert.setString(13, draft.pushData().orElse(null));
            }
            insert.executeUpdate();
        }
    }

    @Override
    public void prepare(Db db) throws SQLException {
        nextRow = Math.max(db.number("SELECT max(row) FROM message"), db.number("SELECT value FROM given_row")) + 1;
        long now = clock.millis();
        long oldest = now - MessageLog.TOKEN_MEMORY.toMillis();
        // Imported messages are old wherever they lie; some are passed over.
        int[] passed = {0};
        db.each("SELECT row, conversation, timestamp, sender, token FROM message ORDER BY row DESC", row -> {
            long timestamp = row.getLong(3);
            String token = row.getString(5);
            if (token != null)
                tokens.remember(tokens.hash(row.getLong(2), row.getString(4), token), row.getLong(1), now);
            if (timestamp >= oldest) return !tokens.isFull();
            return token == null && passed[0]++ < MAX_PASSED;
        });
    }

    @Override
    public void beforeCommit(Db db) throws SQLException {
        heads.write(db);
    }

    @Override
    public void afterCommit() {
        heads.committed();
        stored.increment(uncommitted);
        uncommitted = 0;
    }

    @Override
    public void afterRollback() {
        heads.rolledBack();
        uncommitted = 0;
    }
}
