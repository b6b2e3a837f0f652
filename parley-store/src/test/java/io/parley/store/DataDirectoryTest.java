package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Appended;
import io.parley.core.message.Draft;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may use a data directory, and what is in it after a crash.
class DataDirectoryTest {
    @TempDir
    Path parent;

    private static SqliteStorage open(Path directory) {
        return Sqlite.open(directory, Clock.systemUTC());
    }

    private static Process startOther(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void a_directory_is_made_for_its_owner_only() throws IOException {
        Path directory = parent.resolve("a/b");
        open(directory).close();
        assertThat(directory.resolve("parley.db")).isRegularFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_second_store_of_the_same_process_is_refused_until_the_first_is_closed() {
        Path directory = parent.resolve("data");
        try (SqliteStorage first = open(directory)) {
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOfSatisfying(DataDirectoryInUseException.class, refused -> {
                        assertThat(refused.directory()).isEqualTo(directory);
                        assertThat(refused.holder())
                                .isEqualTo(
                                        OptionalLong.of(ProcessHandle.current().pid()));
                        assertThat(refused)
                                .hasMessageContaining(directory.toString())
                                .hasMessageContaining(
                                        "process " + ProcessHandle.current().pid());
                    });
            assertThat(first.apps().all()).as("the first goes on").isEmpty();
        }
        open(directory).close();
    }

    @Test
    void a_store_of_another_process_is_refused_and_what_that_stored_survives_its_death() throws Exception {
        Path directory = parent.resolve("data");
        Process other = startOther(directory);
        try (BufferedReader acknowledged = other.inputReader()) {
            String conversation = acknowledged.readLine();
            assertThat(conversation).isEqualTo(OtherProcess.CHAT.id().value());
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOfSatisfying(
                            DataDirectoryInUseException.class,
                            refused -> assertThat(refused.holder()).isEqualTo(OptionalLong.of(other.pid())));
            Map<Long, String> tokens = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                String[] line = acknowledged.readLine().split(" ");
                tokens.put(Long.valueOf(line[0]), line[1]);
            }
            other.destroyForcibly();
            assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertEverythingIsThere(directory, tokens);
        } finally {
            other.destroyForcibly();
        }
    }

    private static void assertEverythingIsThere(Path directory, Map<Long, String> tokens) {
        try (SqliteStorage storage = open(directory)) {
            long head = storage.messages().head(OtherProcess.CHAT);
            Map<Long, StoredMessage> log = new HashMap<>();
            for (StoredMessage message : storage.messages().after(OtherProcess.CHAT, 0, Integer.MAX_VALUE))
                log.put(message.position(), message);
            assertThat(log.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, head).boxed().toList());
            tokens.forEach((position, token) -> {
                StoredMessage stored = Objects.requireNonNull(log.get(position), "an acknowledged message is lost");
                assertThat(storage.messages().append(OtherProcess.draft(token)))
                        .as("a repeated send")
                        .isEqualTo(new Appended(stored, true));
            });
        }
    }

    @Test
    void a_database_of_a_newer_program_is_refused() throws SQLException {
        open(parent).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve("parley.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 1000");
        }
        assertThatThrownBy(() -> open(parent))
                .isInstanceOf(StorageFailedException.class)
                .hasMessageContaining("layout 1000");
        assertThatThrownBy(() -> open(parent))
                .as("the failed attempt holds no lock")
                .isInstanceOf(StorageFailedException.class);
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        Files.writeString(
                parent.resolve("parley.db"), "this is no database, but long enough to look like one. ".repeat(99));
        assertThatThrownBy(() -> open(parent))
                .isInstanceOf(StorageFailedException.class)
                .hasMessageContaining(parent.toString());
    }

    @Test
    void what_was_stored_moves_from_the_log_into_the_database_while_the_store_is_open() {
        try (SqliteStorage storage = open(parent)) {
            OtherProcess.create(storage);
            Content content = new Content.Binary(new byte[1 << 20]);
            Draft draft = OtherProcess.draft("");
            for (int i = 0; i < 40; i++)
                storage.messages()
                        .append(new Draft(
                                draft.conversation(),
                                draft.from(),
                                content,
                                draft.mentions(),
                                false,
                                Optional.empty(),
                                Optional.empty()));
            await().until(() -> Files.size(parent.resolve("parley.db")) > 40 << 20);
        }
    }

    @Test
    void calls_after_closing_fail() {
        SqliteStorage storage = open(parent);
        ConversationKey chat = OtherProcess.create(storage);
        storage.close();
        assertThatThrownBy(() -> storage.messages().append(OtherProcess.draft("token")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> storage.cursors()
                        .unread(new io.parley.core.command.ClientKey(chat.app(), new ClientId("Tom")), chat.id(), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        storage.close(); // closing again is no error
    }
}
