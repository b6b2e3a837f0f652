package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.Courier;
import io.parley.core.outbox.Couriers;
import io.parley.core.outbox.DeadLetter;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Purpose;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs are done by themselves, in order, again when they fail, and not for ever.
class CouriersTest {
    private static final AppId APP = new AppId("chat");
    private static final AppId OTHER = new AppId("other");

    @TempDir
    Path directory;

    private final Scripted courier = new Scripted();
    private SqliteStorage storage;
    private Couriers couriers;

    /// Writes down what it is given, and fails as it is told.
    private static final class Scripted implements Courier {
        final List<String> done = new ArrayList<>(); // guarded by this
        final Map<String, Integer> failures = new HashMap<>(); // guarded by this
        final CountDownLatch gate = new CountDownLatch(1);
        volatile boolean hopeless;

        @Override
        public Purpose purpose() {
            return Purpose.HOOK;
        }

        @Override
        public Pace pace(App app) {
            return new Pace(2, 10, 3, Duration.ofMillis(2), Duration.ofMillis(20));
        }

        @Override
        public Outcome deliver(App app, Batch batch) {
            if (batch.lane().equals("stuck")) hold();
            int count = 0;
            for (String payload : batch.payloads()) {
                synchronized (this) {
                    int left = failures.getOrDefault(payload, 0);
                    if (left > 0) {
                        failures.put(payload, left - 1);
                        return Outcome.failed(count, new Failure(1, hopeless, "told to fail"));
                    }
                    done.add(payload);
                }
                count++;
            }
            return Outcome.done(count);
        }

        private void hold() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized List<String> done() {
            return List.copyOf(done);
        }

        synchronized void fail(String payload, int times) {
            failures.put(payload, times);
        }
    }

    @BeforeEach
    void open() {
        storage = Sqlite.open(directory, Clock.systemUTC());
        for (AppId app : List.of(APP, OTHER)) storage.apps().save(new App(app, "key", "master", AppSettings.DEFAULT));
        begin();
    }

    private void begin() {
        couriers = new Couriers(
                new Apps(storage.apps()),
                storage.outbox(),
                List.of(courier),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        couriers.start();
    }

    @AfterEach
    void close() {
        courier.gate.countDown();
        couriers.close();
        storage.close();
    }

    private void add(String lane, String... payloads) {
        for (String payload : payloads) storage.outbox().add(List.of(new Job(APP, Purpose.HOOK, lane, payload)));
    }

    private List<DeadLetter> dead() {
        return storage.outbox().dead(APP, OptionalLong.empty(), 100);
    }

    @Test
    void what_fails_is_tried_again_before_what_lies_behind_it() {
        courier.fail("2", 2);

        add("a", "1", "2", "3");

        await().untilAsserted(() -> assertThat(courier.done()).containsExactly("1", "2", "3"));
        assertThat(dead()).isEmpty();
    }

    /// Many times: whether a retry was looked for in the very millisecond it is due in once decided whether it was
    /// found.
    @RepeatedTest(20)
    void what_fails_too_often_is_given_up_and_can_be_replayed() {
        courier.fail("1", 3);

        add("a", "1", "2");

        await().untilAsserted(() -> assertThat(courier.done()).containsExactly("2"));
        assertThat(dead())
                .extracting(DeadLetter::payload, DeadLetter::attempts, DeadLetter::reason)
                .containsExactly(tuple("1", 3, "told to fail"));
        storage.outbox().replay(APP, List.of(dead().getFirst().id()));
        await().untilAsserted(() -> assertThat(courier.done()).containsExactly("2", "1"));
    }

    @Test
    void what_is_hopeless_is_not_tried_again() {
        courier.hopeless = true;
        courier.fail("1", 1);

        add("a", "1", "2");

        await().untilAsserted(() -> assertThat(courier.done()).containsExactly("2"));
        assertThat(dead()).extracting(DeadLetter::attempts).containsExactly(1);
    }

    @Test
    void a_lane_that_is_held_up_holds_up_neither_other_lanes_nor_other_apps() {
        add("stuck", "1");
        add("free", "2");
        storage.outbox().add(List.of(new Job(OTHER, Purpose.HOOK, "free", "3")));

        await().untilAsserted(() -> assertThat(courier.done()).containsExactlyInAnyOrder("2", "3"));
        courier.gate.countDown();
        await().untilAsserted(() -> assertThat(courier.done()).contains("1"));
    }

    @Test
    void what_was_left_by_an_earlier_process_is_done_after_the_start() {
        couriers.close();
        storage.outbox().listen((app, purpose) -> {});
        add("a", "1", "2");
        assertThat(courier.done()).isEmpty();

        begin();

        await().untilAsserted(() -> assertThat(courier.done()).containsExactly("1", "2"));
    }
}
