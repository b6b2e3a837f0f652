package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.command.Mentions;
import io.parley.core.conversation.ConversationStore.NewConversation;
import io.parley.core.message.Draft;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiredConversationsTest {
    private static final ClientId TOM = new ClientId("Tom");
    private final Instant end = Instant.now().plusSeconds(60);

    @TempDir
    Path directory;

    private SqliteStorage storage;

    @BeforeEach
    void open() {
        storage = Sqlite.open(directory, Clock.systemUTC());
    }

    private ConversationKey conversation(String id, Optional<Instant> until) {
        var key = new ConversationKey(new AppId("app"), new ConversationId(id));
        storage.conversations()
                .create(new NewConversation(
                        key,
                        until.isPresent() ? Kind.TEMPORARY : Kind.NORMAL,
                        Optional.of(TOM),
                        JsonNodeFactory.instance.objectNode(),
                        Set.of(TOM),
                        Optional.empty(),
                        Instant.now(),
                        until));
        storage.messages()
                .append(new Draft(
                        key, TOM, new Content.Text("hi"), Mentions.NONE, false, Optional.empty(), Optional.empty()));
        return key;
    }

    /// As housekeeping does it, but at a time of the test's choice, while the server is down.
    private int deleteAt(Instant now) throws SQLException {
        try (Db db = database()) {
            return ExpiredConversations.delete(db, now.toEpochMilli(), 100);
        }
    }

    private long rows(String table) throws SQLException {
        try (Db db = database()) {
            return db.number("SELECT count(*) FROM " + table);
        }
    }

    private Db database() throws SQLException {
        storage.close();
        return new SqliteFile(directory.resolve("parley.db")).openForWriting();
    }

    @Test
    void a_temporary_conversation_disappears_with_its_messages_a_day_after_its_end() throws SQLException {
        conversation("_tmp:1", Optional.of(end));
        conversation("kept", Optional.empty());

        assertThat(deleteAt(end.plusSeconds(1))).isZero();
        assertThat(deleteAt(end.plus(ExpiredConversations.KEPT).plusSeconds(1))).isEqualTo(1);

        assertThat(rows("conversation")).isEqualTo(1);
        assertThat(rows("message")).isEqualTo(1);
        assertThat(rows("member")).isEqualTo(1);
        assertThat(rows("head")).isEqualTo(1);
    }

    @Test
    void the_newest_conversation_stays_so_that_its_number_is_not_given_again() throws SQLException {
        conversation("kept", Optional.empty());
        conversation("_tmp:1", Optional.of(end));

        assertThat(deleteAt(end.plus(ExpiredConversations.KEPT).plusSeconds(1))).isZero();
    }
}
