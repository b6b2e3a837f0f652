package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.MessageCommand.History.Bound;
import io.parley.core.command.MessageCommand.History.Direction;
import io.parley.core.command.MessageId;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.HistoryRange;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages that came from elsewhere: with ids of any look, and several at one time.
class ImportedMessagesTest {
    private static final ConversationKey CHAT = OtherProcess.CHAT;

    @TempDir
    Path directory;

    private SqliteStorage storage;

    @BeforeEach
    void importThree() {
        storage = Sqlite.open(directory, Clock.systemUTC());
        OtherProcess.create(storage);
        storage.writer.run(Step.of("importing", db -> {
            insert(db, 1, 1000, "qNkRkFWOeSqP65S9fDyHJw");
            insert(db, 2, 2000, "b");
            insert(db, 3, 2000, "a");
            insert(db, 4, 2000, "c");
            insert(db, 5, 3000, "d");
            return db.update("INSERT INTO head (conversation, position, timestamp, row) VALUES (1, 5, 3000, 5)");
        }));
        storage.close();
        storage = Sqlite.open(directory, Clock.systemUTC());
    }

    private static void insert(Db db, long row, long timestamp, String id) throws java.sql.SQLException {
        db.update(
                "INSERT INTO message (row, conversation, position, timestamp, id, sender, delivered_at, content)"
                        + " VALUES (?, 1, ?, ?, ?, 'Tom', ?, ?)",
                row,
                row,
                timestamp,
                id,
                -timestamp,
                "imported " + id);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static Bound bound(long timestamp, String id, boolean included) {
        return new Bound(timestamp, Optional.of(new MessageId(id)), included);
    }

    private List<String> history(Optional<Bound> lower, Optional<Bound> upper, Direction direction, int limit) {
        return storage
                .messages()
                .history(CHAT, new HistoryRange(lower, upper, direction, limit, OptionalInt.empty()))
                .stream()
                .map(message -> message.id().value())
                .toList();
    }

    @Test
    void they_are_found_by_their_ids() {
        StoredMessage first = storage.messages()
                .find(CHAT, new MessageId("qNkRkFWOeSqP65S9fDyHJw"), 0)
                .orElseThrow();
        assertThat(first.timestamp()).isEqualTo(1000);
        assertThat(storage.messages().find(CHAT, first.id(), 1000)).contains(first);
        assertThat(storage.messages().find(CHAT, first.id(), 1001)).isEmpty();
        assertThat(storage.messages()
                        .find(CHAT, new MessageId("c"), 0)
                        .orElseThrow()
                        .position())
                .isEqualTo(4);
    }

    @Test
    void pages_are_ordered_and_cut_by_time_and_id() {
        assertThat(history(Optional.empty(), Optional.empty(), Direction.NEW, 10))
                .containsExactly("qNkRkFWOeSqP65S9fDyHJw", "a", "b", "c", "d");
        assertThat(history(Optional.empty(), Optional.of(bound(2000, "b", false)), Direction.OLD, 10))
                .containsExactly("qNkRkFWOeSqP65S9fDyHJw", "a");
        assertThat(history(Optional.of(bound(2000, "b", true)), Optional.of(bound(0, "d", false)), Direction.NEW, 10))
                .containsExactly("b", "c");
        assertThat(history(Optional.empty(), Optional.empty(), Direction.OLD, 3))
                .containsExactly("b", "c", "d");
        assertThat(history(Optional.of(new Bound(2000, Optional.empty(), false)), Optional.empty(), Direction.NEW, 10))
                .containsExactly("d");
    }

    @Test
    void they_can_be_edited_and_new_messages_follow_them() {
        var edited = storage.messages()
                .patch(CHAT, new MessageId("a"), 0, new Content.Text("edited"), Optional.empty(), false)
                .orElseThrow();
        assertThat(storage.messages().find(CHAT, new MessageId("a"), 2000)).contains(edited);
        StoredMessage next = storage.messages().append(OtherProcess.draft("t")).message();
        assertThat(next.position()).isEqualTo(6);
        assertThat(storage.messages().after(CHAT, 4, 10))
                .extracting(StoredMessage::position)
                .containsExactly(5L, 6L);
    }
}
