package io.parley.migrate.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Kind;
import io.parley.core.file.BlobKey;
import io.parley.core.file.BlobStore;
import io.parley.core.intake.Digest;
import io.parley.core.intake.Intake.Tally;
import io.parley.core.intake.Sum;
import io.parley.files.FolderBlobStore;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.DamagedArchive;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.source.Account;
import io.parley.migrate.source.Crawl;
import io.parley.migrate.source.FileHost;
import io.parley.migrate.source.MasterKey;
import io.parley.migrate.source.Pace;
import io.parley.migrate.source.RestClient;
import io.parley.migrate.source.Watcher;
import io.parley.migrate.standin.SampleApp;
import io.parley.migrate.standin.StandIn;
import io.parley.migrate.verify.Verifier;
import io.parley.store.SqliteStorage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
    private static final AppId APP = new AppId(StandIn.APP);
    private static final Importer.Options PLAIN = new Importer.Options(false, false, Set.of());
    private static final Importer.Listener QUIET = new Importer.Listener() {
        @Override
        public void at(SetName set, long done, long of) {}

        @Override
        public boolean stopWanted() {
            return false;
        }
    };

    @TempDir
    Path folder;

    private SqliteStorage storage;
    private StandIn server;

    @BeforeEach
    void archive() throws IOException {
        server = new StandIn();
        SampleApp.fill(server, 1, 60, 1500);
        crawl();
        open();
    }

    private void crawl() throws IOException {
        crawl(Duration.ZERO);
    }

    private void crawl(Duration lookBack) throws IOException {
        var account = new Account(server.url(), StandIn.APP, new MasterKey(StandIn.MASTER_KEY));
        var options = new Crawl.Options(
                List.of(),
                Set.of(),
                false,
                false,
                Duration.ZERO,
                lookBack,
                new FileHost(Optional.of(URI.create(server.url() + "/file-host"))));
        try (RestClient rest =
                        new RestClient(account, new Pace(100_000, 0, Duration.ofSeconds(9), Duration.ofMillis(1)));
                ArchiveWriter archive =
                        ArchiveWriter.open(folder.resolve("archive"), StandIn.APP, "test", InstantSource.system())) {
            new Crawl(rest, options).run(archive, Watcher.NONE);
        }
    }

    private void open() {
        storage = SqliteStorage.open(folder.resolve("data"), Clock.systemUTC(), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        storage.close();
        server.close();
    }

    private Target store() {
        return new StoreTarget(storage, blobs(), APP, "data");
    }

    private BlobStore blobs() {
        try {
            return new FolderBlobStore(folder.resolve("data/files"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ArchiveReader reader() throws IOException {
        return new ArchiveReader(folder.resolve("archive"));
    }

    private Importer.Result load(Target target, Importer.Options options) throws IOException {
        try (Report report = new Report(folder.resolve("report.jsonl"))) {
            return new Importer(reader(), target, report, options).run(QUIET);
        }
    }

    private Verifier.Result verify() throws IOException {
        return new Verifier(reader(), store()).run(done -> {});
    }

    @Test
    void what_was_archived_is_what_is_there_after_an_import() throws IOException {
        Importer.Result result = load(store(), PLAIN);

        assertThat(result.refused()).isZero();
        assertThat(result.of(SetName.MESSAGES)).isEqualTo(new Importer.Counts(1500, 0, 0, 0, 0));
        assertThat(folder.resolve("report.jsonl")).doesNotExist();
        try (var bytes = blobs().open(new BlobKey(APP, "pictures/cat 1.png"), 0, 3)) {
            assertThat(bytes.readAllBytes()).containsExactly(1, 2, 3);
        }
        Verifier.Result verified = verify();
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.conversations()).isEqualTo(61);
        assertThat(verified.messages()).isEqualTo(1501);
    }

    @Test
    void a_second_import_changes_nothing_and_reads_nothing_twice() throws IOException {
        load(store(), PLAIN);

        assertThat(load(store(), PLAIN).of(SetName.MESSAGES)).isEqualTo(new Importer.Counts(0, 0, 0, 0, 1500));
        assertThat(load(store(), new Importer.Options(false, true, Set.of())).of(SetName.MESSAGES))
                .isEqualTo(new Importer.Counts(0, 0, 1500, 0, 0));
        assertThat(verify().differences()).isEmpty();
    }

    @Test
    void what_came_since_is_added_by_the_next_archive_and_import() throws IOException {
        load(store(), PLAIN);
        server.addMessage(SampleApp.message(3, 1_770_000_000_000L, "late", 1));
        server.addRow("_Conversation", SampleApp.conversation(60).put("updatedAt", "2099-01-01T00:00:00.000Z"));
        server.addMessage(SampleApp.message(60, 1_770_000_000_000L, "first", 1));

        crawl();
        Importer.Result result = load(store(), PLAIN);

        assertThat(result.of(SetName.MESSAGES).added()).isEqualTo(2);
        assertThat(verify().differences()).isEmpty();
    }

    @Test
    void edits_and_recalls_that_a_look_back_found_win_however_often_all_is_imported() throws IOException {
        long now = System.currentTimeMillis();
        for (String id : List.of("a", "b", "c")) server.addMessage(SampleApp.message(4, now - 60_000, id, 1));
        crawl();
        load(store(), PLAIN);
        server.edit("a", "{\"_lctype\":-1,\"_lctext\":\"better\"}");
        server.edit("b", "{\"_lctype\":-127}");
        crawl(Duration.ofHours(1));
        server.edit("a", "{\"_lctype\":-1,\"_lctext\":\"best\"}");
        crawl(Duration.ofHours(1));

        Importer.Result result = load(store(), PLAIN);

        assertThat(result.of(SetName.PATCHES).changed()).isEqualTo(3);
        assertThat(verify().differences()).isEmpty();
        load(store(), new Importer.Options(false, true, Set.of()));
        assertThat(verify().differences()).as("taken in again from the start").isEmpty();
        assertThat(verify().messages()).isEqualTo(1501 + 3);
        storage.close();
        folder = folder.resolve("other");
        Files.createDirectories(folder);
        Files.move(folder.resolveSibling("archive"), folder.resolve("archive"));
        open();
        load(store(), PLAIN);
        assertThat(verify().differences()).as("into an empty store").isEmpty();
    }

    /// Dies after some calls, sometimes after its work was done and before anybody knew.
    private record MortalTarget(Target target, Random random, int[] left) implements Target {
        private void live() throws IOException {
            if (left[0]-- <= 0) throw new IOException("killed");
        }

        @Override
        public Tally take(SetName set, List<ObjectNode> lines) throws IOException {
            for (int from = 0; from < lines.size(); from += 100) {
                live();
                target.take(set, lines.subList(from, Math.min(lines.size(), from + 100)));
            }
            return new Tally(lines.size(), 0, 0, List.of());
        }

        @Override
        public boolean isFinished(String part) throws IOException {
            return target.isFinished(part);
        }

        @Override
        public void finished(String part) throws IOException {
            if (random.nextBoolean()) live();
            target.finished(part);
        }

        @Override
        public Tally file(String key, Path bytes, String mimeType, boolean again) throws IOException {
            live();
            return target.file(key, bytes, mimeType, again);
        }

        @Override
        public long fileSize(String key) throws IOException {
            return target.fileSize(key);
        }

        @Override
        public void settle(List<ConversationId> conversations) throws IOException {
            live();
            target.settle(conversations);
        }

        @Override
        public List<Digest> digests(Optional<ConversationId> after) throws IOException {
            return target.digests(after);
        }

        @Override
        public Sum.Value rows(String className) throws IOException {
            return target.rows(className);
        }

        @Override
        public String name() {
            return target.name();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void killed_at_any_points_an_import_ends_with_everything_once(long seed) throws IOException {
        Random random = new Random(seed);
        int kills = 0;
        while (true) {
            try {
                load(new MortalTarget(store(), random, new int[] {1 + random.nextInt(25)}), PLAIN);
                break;
            } catch (IOException killed) {
                assertThat(killed).hasMessage("killed");
                kills++;
                storage.close();
                open();
            }
        }
        assertThat(kills).as("kills with seed " + seed).isPositive();
        assertThat(verify().differences()).isEmpty();
    }

    @Test
    void a_damaged_archive_is_refused_by_name_and_nothing_goes_in() throws IOException {
        cut("messages/000001.jsonl.gz");

        assertThatThrownBy(() -> load(store(), PLAIN))
                .isInstanceOf(DamagedArchive.class)
                .hasMessageMatching("The archive is damaged: messages/000001.jsonl.gz line [0-9]+ cannot be read.*");
        assertThat(storage.intake().digests(APP, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void what_can_be_read_of_a_damaged_archive_goes_in_on_request() throws IOException {
        cut("messages/000001.jsonl.gz");

        Importer.Result result = load(store(), new Importer.Options(true, false, Set.of()));

        assertThat(result.of(SetName.MESSAGES).added()).isBetween(100L, 1400L);
        assertThat(result.of(SetName.CONVERSATIONS).added()).isEqualTo(61);
        assertThat(Files.readString(folder.resolve("report.jsonl")))
                .contains("\"file\":\"messages/000001.jsonl.gz\"")
                .contains("cannot be read");
        assertThat(verify().unusable()).isPositive();
    }

    private void cut(String file) throws IOException {
        try (var raw = new RandomAccessFile(folder.resolve("archive/" + file).toFile(), "rw")) {
            raw.setLength(raw.length() / 2);
        }
    }

    @Test
    void lines_that_make_no_sense_are_reported_with_their_text() throws IOException {
        server.addMessage(SampleApp.message(1, 1_770_000_000_000L, "orphan", 1).put("to", "5e00000000000000000000ff"));
        crawl();

        Importer.Result result = load(store(), PLAIN);

        assertThat(result.refused()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("report.jsonl")))
                .contains("there is no such conversation")
                .contains("orphan");
    }

    @Test
    void a_rehearsal_counts_and_changes_nothing() throws IOException {
        DryTarget dry = new DryTarget(APP);

        Importer.Result result = load(dry, PLAIN);

        assertThat(dry.kinds()).containsEntry(Kind.NORMAL, 54L).containsEntry(Kind.CHAT_ROOM, 6L);
        assertThat(result.of(SetName.MESSAGES).added()).isEqualTo(1500);
        assertThat(storage.intake().digests(APP, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void differences_are_named_by_conversation() throws IOException {
        load(store(), PLAIN);
        blobs().delete(new BlobKey(APP, "pictures/cat 1.png"));
        storage.conversations().delete(new ConversationKey(APP, new ConversationId(SampleApp.id(5))));
        storage.conversations()
                .addMembers(
                        new ConversationKey(APP, new ConversationId(SampleApp.id(6))),
                        List.of(new ClientId("Butch")),
                        500);

        assertThat(verify().differences())
                .containsExactlyInAnyOrder(
                        "conversation " + SampleApp.id(5) + " is missing",
                        "conversation " + SampleApp.id(6) + ": its columns or members differ",
                        "file pictures/cat 1.png is missing");
    }
}
