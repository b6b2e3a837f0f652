package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.command.StoredMessage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Group commit, and what a failure leaves behind.
class WriterTest {
    @TempDir
    Path directory;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SqliteStorage storage;

    @BeforeEach
    void open() {
        storage = SqliteStorage.open(directory, Clock.systemUTC(), meters);
        OtherProcess.create(storage);
    }

    @AfterEach
    void close() {
        threads.close();
        storage.close();
    }

    private Future<Long> send(String token) {
        return threads.submit(() ->
                storage.messages().append(OtherProcess.draft(token)).message().position());
    }

    private double waiting() {
        return meters.get("parley.store.queue.depth").gauge().value();
    }

    /// Occupies the writer until the latch is released: what comes meanwhile becomes one batch.
    private CountDownLatch occupyWriter() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch occupied = new CountDownLatch(1);
        Future<Boolean> _ = threads.submit(() -> storage.writer.run(Step.of("occupying the writer", db -> {
            occupied.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        })));
        occupied.await();
        return release;
    }

    private <T> Future<T> submit(String doing, Step.Body<T> body) {
        return threads.submit(() -> storage.writer.run(Step.of(doing, body)));
    }

    private static long members(Db db) throws SQLException {
        return db.number("SELECT count(*) FROM member WHERE client LIKE 'new-%'");
    }

    private static boolean insertMember(Db db, String client) throws SQLException {
        db.update("INSERT INTO member (conversation, client, app, ordinal) VALUES (1, ?, 'app', 9)", client);
        return true;
    }

    @Test
    void what_waits_together_is_committed_together() throws Exception {
        CountDownLatch release = occupyWriter();
        double commitsBefore = meters.get("parley.store.commit").timer().count();
        List<Future<Long>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) sent.add(send("t" + i));
        await().until(() -> waiting() == 101);
        release.countDown();
        for (Future<Long> message : sent) message.get();
        // The batch that was held, and the one that gathered meanwhile.
        assertThat(meters.get("parley.store.commit").timer().count()).isLessThanOrEqualTo((long) commitsBefore + 2);
        assertThat(meters.get("parley.messages.stored").counter().count()).isEqualTo(100);
        await().until(() -> waiting() == 0);
    }

    @Test
    void a_failing_step_leaves_nothing_behind_and_harms_no_neighbour() throws Exception {
        CountDownLatch release = occupyWriter();
        Future<Long> before = send("before");
        Future<Boolean> good = submit("good", db -> insertMember(db, "new-good"));
        Future<Boolean> violating = submit("violating", db -> {
            insertMember(db, "new-violating");
            return insertMember(db, "new-violating");
        });
        Future<Boolean> throwing = submit("throwing", db -> {
            insertMember(db, "new-throwing");
            throw new IllegalArgumentException("a bug");
        });
        Future<Long> after = send("after");
        await().until(() -> waiting() == 6);
        release.countDown();
        assertThat(good.get()).isTrue();
        assertThatThrownBy(violating::get)
                .rootCause()
                .isInstanceOf(SQLiteException.class)
                .hasMessageContaining("UNIQUE");
        assertThatThrownBy(violating::get).cause().hasMessage("violating failed");
        assertThatThrownBy(throwing::get).cause().hasMessage("a bug");
        assertThat(List.of(before.get(), after.get())).containsExactlyInAnyOrder(1L, 2L);
        assertThat(storage.writer.run(Step.of("counting", WriterTest::members))).isEqualTo(1);
    }

    @Test
    void a_full_disk_fails_the_batch_and_service_resumes_when_there_is_room() throws Exception {
        send("first").get();
        storage.writer.run(Step.of("limiting", db -> db.number("PRAGMA max_page_count = 1"))); // as many as there are
        List<Future<Long>> sent = new ArrayList<>();
        CountDownLatch release = occupyWriter();
        for (int i = 0; i < 300; i++) sent.add(send("t" + i));
        await().until(() -> waiting() == 301);
        release.countDown();
        int failed = 0;
        for (Future<Long> message : sent) {
            try {
                message.get();
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOf(StorageFailedException.class)
                        .hasMessageContaining("disk is full")
                        .hasMessageContaining(directory.toRealPath().toString());
                failed++;
            }
        }
        assertThat(failed).isGreaterThan(200);
        assertThat(storage.messages().head(OtherProcess.CHAT)).isEqualTo(1 + 300 - failed);
        storage.writer.run(Step.of("unlimiting", db -> db.number("PRAGMA max_page_count = 1000000")));
        assertThat(send("t299").get())
                .as("the position after what was really stored")
                .isEqualTo(2 + 300 - failed);
        assertThat(storage.messages().after(OtherProcess.CHAT, 0, 1000))
                .extracting(StoredMessage::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2 + 300 - failed).boxed().toList());
    }

    @Test
    void after_an_input_output_error_nothing_pretends_to_be_stored() throws Exception {
        send("first").get();
        CountDownLatch release = occupyWriter();
        Future<Long> neighbour = send("neighbour");
        await().until(() -> waiting() == 2);
        Future<Boolean> breaking = submit("breaking", db -> {
            throw new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        });
        await().until(() -> waiting() == 3);
        release.countDown();
        assertThatThrownBy(breaking::get).cause().isInstanceOf(StorageFailedException.class);
        assertThatThrownBy(neighbour::get)
                .cause()
                .isInstanceOf(StorageFailedException.class)
                .hasMessageContaining("check the disk, then start again");
        assertThatThrownBy(() -> send("later").get())
                .cause()
                .isInstanceOf(StorageFailedException.class)
                .hasMessageContaining("check the disk, then start again");
        assertThat(storage.messages().head(OtherProcess.CHAT))
                .as("reading goes on")
                .isEqualTo(1);
        storage.close();
        storage = SqliteStorage.open(directory, Clock.systemUTC(), new SimpleMeterRegistry());
        assertThat(send("later").get()).isEqualTo(2);
    }

    @Test
    void more_callers_than_the_queue_holds_are_all_served() throws Exception {
        CountDownLatch release = occupyWriter();
        int callers = Writer.MAX_WAITING + 500;
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < callers; i++) results.add(submit("nothing", db -> true));
        await().until(() -> waiting() == Writer.MAX_WAITING);
        release.countDown();
        for (Future<Boolean> result : results) assertThat(result.get()).isTrue();
        await().until(() -> waiting() == 0);
    }

    @Test
    void an_interrupted_caller_still_learns_the_outcome() throws Exception {
        CountDownLatch release = occupyWriter();
        var caller = new CompletableFuture<Thread>();
        Future<Boolean> interrupted = threads.submit(() -> {
            caller.complete(Thread.currentThread());
            storage.messages().append(OtherProcess.draft("t"));
            return Thread.interrupted();
        });
        await().until(() -> waiting() == 2);
        caller.get().interrupt();
        release.countDown();
        assertThat(interrupted.get()).as("the interrupt is kept").isTrue();
        assertThat(storage.messages().head(OtherProcess.CHAT)).isEqualTo(1);
    }

    @Test
    void closing_stores_what_was_accepted() throws Exception {
        CountDownLatch release = occupyWriter();
        List<Future<Long>> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) sent.add(send("t" + i));
        await().until(() -> waiting() == 51);
        Future<?> closing = threads.submit(storage::close);
        release.countDown();
        closing.get();
        for (Future<Long> message : sent) assertThat(message.get()).isBetween(1L, 50L);
        storage = SqliteStorage.open(directory, Clock.systemUTC(), new SimpleMeterRegistry());
        assertThat(storage.messages().head(OtherProcess.CHAT)).isEqualTo(50);
    }
}
