package io.parley.migrate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.standin.SampleApp;
import io.parley.migrate.standin.StandIn;
import io.parley.migrate.standin.StandIn.Mood;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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

class CrawlTest {
    private static final Pace QUICK = new Pace(100_000, 0, Duration.ofSeconds(20), Duration.ofMillis(1));
    private static final int CONVERSATIONS = 1200;
    private static final int MESSAGES = 2300;

    @TempDir
    Path folder;

    private final StandIn server = new StandIn();

    @BeforeEach
    void fill() {
        SampleApp.fill(server, 1, CONVERSATIONS, MESSAGES);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Crawl.Options options() {
        // Per-conversation lists of all conversations take a while; one test reads them.
        return new Crawl.Options(
                List.of(),
                Set.of(SetName.SILENCED, SetName.BLACKLISTS),
                false,
                false,
                Duration.ZERO,
                Duration.ZERO,
                new FileHost(Optional.of(URI.create(server.url() + "/file-host"))));
    }

    private void crawl(Pace pace, Crawl.Options options, Watcher watcher) throws IOException {
        var account = new Account(server.url(), StandIn.APP, new MasterKey(StandIn.MASTER_KEY));
        try (RestClient rest = new RestClient(account, pace);
                ArchiveWriter archive = ArchiveWriter.open(folder, StandIn.APP, "stand-in", InstantSource.system())) {
            new Crawl(rest, options).run(archive, watcher);
        }
    }

    private void crawl() throws IOException {
        crawl(QUICK, options(), Watcher.NONE);
    }

    private List<JsonNode> lines(SetName set) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        new ArchiveReader(folder).forEach(set, line -> lines.add(line.json()), Step::refuseDamage);
        return lines;
    }

    private List<String> ids(SetName set, String key) throws IOException {
        return lines(set).stream().map(line -> line.path(key).asText()).toList();
    }

    private void assertEverythingOnce() throws IOException {
        assertThat(ids(SetName.MESSAGES, "msg-id")).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(ids(SetName.CONVERSATIONS, "objectId"))
                .hasSize(CONVERSATIONS + 1)
                .doesNotHaveDuplicates();
        assertThat(ids(SetName.SUBSCRIPTIONS, "client_id")).hasSize(55).doesNotHaveDuplicates();
        assertThat(ids(SetName.SERVICE_MESSAGES, "client")).containsExactly("reader 00", "reader 54");
        assertThat(new ArchiveReader(folder).check(read -> {})).isEmpty();
    }

    @Test
    void an_archive_holds_every_row_and_message_as_it_was() throws IOException {
        crawl();

        assertEverythingOnce();
        assertThat(lines(SetName.CONVERSATIONS)).contains(SampleApp.conversation(7));
        assertThat(lines(SetName.CONVERSATIONS).getLast().path("score").decimalValue())
                .hasToString("23.20");
        JsonNode first = lines(SetName.MESSAGES).getLast();
        assertThat(first.path("conv-id").asText()).isEqualTo(first.path("to").asText() + "00000000");
        assertThat(lines(SetName.USERS).getFirst().path("salt").asText()).startsWith("h60d8");
        JsonNode cat = lines(SetName.FILE_CONTENTS).getFirst();
        assertThat(folder.resolve(cat.path("file").asText())).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void a_server_with_a_bad_day_is_asked_again_until_all_is_there() throws IOException {
        server.feel(Mood.BAD);

        crawl();

        assertEverythingOnce();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void however_often_a_crawl_is_interrupted_nothing_is_lost_or_doubled(long seed) throws IOException {
        Random random = new Random(seed);
        server.feel(Mood.BAD);
        int interruptions = 0;
        while (true) {
            server.feel(Mood.BAD.quotaAfter(server.calls() + 10 + random.nextInt(50)));
            try {
                crawl();
                break;
            } catch (QuotaReached tomorrow) {
                interruptions++;
            }
        }
        assertThat(interruptions).as("interruptions with seed " + seed).isPositive();
        assertEverythingOnce();
    }

    @Test
    void a_second_crawl_adds_what_came_since() throws IOException {
        crawl();
        server.addMessage(SampleApp.message(3, 1_770_000_000_000L, "late", 1));
        server.addRow(
                "_Conversation", SampleApp.conversation(CONVERSATIONS).put("updatedAt", "2099-01-01T00:00:00.000Z"));

        crawl();

        assertThat(ids(SetName.MESSAGES, "msg-id")).hasSize(MESSAGES + 1).endsWith("late");
        assertThat(ids(SetName.CONVERSATIONS, "objectId")).endsWith(SampleApp.id(CONVERSATIONS));
    }

    private Crawl.Options lookingBack(Duration window) {
        return new Crawl.Options(
                List.of(),
                Set.of(SetName.SILENCED, SetName.BLACKLISTS),
                false,
                false,
                Duration.ZERO,
                window,
                new FileHost(Optional.empty()));
    }

    @Test
    void a_look_back_finds_what_was_edited_recalled_or_stored_late_and_finds_it_once() throws IOException {
        long now = System.currentTimeMillis();
        for (int i = 0; i < 1500; i++)
            server.addMessage(SampleApp.message(1, now - 600_000 + i / 5 * 100L, "new" + (10_000 + i), i));
        server.addMessage(SampleApp.message(1, now - 1000, "newest", 1));
        crawl();
        server.edit("new10007", "{\"_lctype\":-1,\"_lctext\":\"edited\"}");
        server.edit("newest", "{\"_lctype\":-127}");
        String old = ids(SetName.MESSAGES, "msg-id").getLast();
        server.edit(old, "{\"_lctype\":-1,\"_lctext\":\"edited too late\"}");
        server.addMessage(SampleApp.message(2, now - 300_000, "stored late", 1));

        crawl(QUICK, lookingBack(Duration.ofMinutes(30)), Watcher.NONE);

        assertThat(ids(SetName.PATCHES, "msg-id")).containsExactly("newest", "new10007");
        assertThat(lines(SetName.PATCHES))
                .allMatch(line -> line.path("patch-timestamp").asLong() >= now)
                .anyMatch(line -> line.path("data").asText().contains("-127"));
        assertThat(ids(SetName.MESSAGES, "msg-id"))
                .hasSize(MESSAGES + 1502)
                .endsWith("stored late")
                .doesNotHaveDuplicates();

        crawl(QUICK, lookingBack(Duration.ofMinutes(30)), Watcher.NONE);
        assertThat(ids(SetName.PATCHES, "msg-id")).hasSize(2);
        assertThat(ids(SetName.MESSAGES, "msg-id")).hasSize(MESSAGES + 1502);

        server.edit("new10007", "{\"_lctype\":-1,\"_lctext\":\"number 7\"}"); // as it was at first
        crawl(QUICK, lookingBack(Duration.ofMinutes(30)), Watcher.NONE);
        assertThat(ids(SetName.PATCHES, "msg-id")).containsExactly("newest", "new10007", "new10007");
    }

    @Test
    void an_archive_is_not_read_in_two_ways() throws IOException {
        crawl();
        var other = new Crawl.Options(
                List.of(), Set.of(), true, false, Duration.ZERO, Duration.ZERO, new FileHost(Optional.empty()));

        assertThatThrownBy(() -> crawl(QUICK, other, Watcher.NONE)).hasMessageContaining("--per-conversation");
        assertEverythingOnce();
    }

    @Test
    void histories_can_be_read_conversation_by_conversation() throws IOException {
        server.feel(new Mood(0, 0, 0, 0, 0, 0, true));
        var options = new Crawl.Options(
                List.of(),
                Set.of(SetName.SUBSCRIPTIONS, SetName.SERVICE_MESSAGES, SetName.FILE_CONTENTS),
                true,
                false,
                Duration.ZERO,
                Duration.ZERO,
                new FileHost(Optional.empty()));

        crawl(QUICK, options, Watcher.NONE);

        assertThat(ids(SetName.MESSAGES, "msg-id")).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(ids(SetName.SILENCED, "client_id")).hasSize(130).doesNotHaveDuplicates();
        assertThat(ids(SetName.BLACKLISTS, "client_id")).containsExactly("Spike");
    }

    @Test
    void the_master_key_is_nowhere_in_the_archive() throws IOException {
        crawl();

        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String text = file.toString().endsWith(".gz")
                        ? new String(new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(bytes))
                                .readAllBytes())
                        : new String(bytes);
                assertThat(text).doesNotContain(StandIn.MASTER_KEY);
            }
        }
    }

    @Test
    void a_wrong_key_is_told_at_once() {
        var account = new Account(server.url(), StandIn.APP, new MasterKey("wrong"));
        try (RestClient rest = new RestClient(account, QUICK)) {
            assertThatThrownBy(() -> rest.get("/1.2/rtm/messages", java.util.Map.of()))
                    .isInstanceOf(RestException.class)
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("wrong,master");
        }
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void an_archive_of_another_app_is_left_alone() throws IOException {
        crawl();

        assertThatThrownBy(() -> ArchiveWriter.open(folder, "other", "elsewhere", InstantSource.system()))
                .hasMessageContaining("holds the app " + StandIn.APP);
    }

    @Test
    void file_links_that_clients_wrote_lead_nowhere_else() {
        FileHost host = new FileHost(Optional.of(URI.create("https://files.example.com")));

        assertThat(host.locate("a/b c.png", "http://169.254.169.254/"))
                .contains(URI.create("https://files.example.com/a/b%20c.png"));
        assertThat(host.locate("", "http://169.254.169.254/latest")).isEmpty();
        assertThat(host.locate("", "http://127.0.0.1.lcfile.com.evil.example/x"))
                .isEmpty();
        assertThat(host.locate("", "https://files.example.com/x")).isPresent();
    }
}
