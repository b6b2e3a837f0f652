package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.core.command.AppId;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Outbox.Waiting;
import io.parley.core.outbox.Purpose;
import io.parley.core.push.Platform;
import io.parley.core.push.PushOutcome;
import io.parley.core.push.PushOutcome.Status;
import io.parley.core.push.PushRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What became of pushes.
public abstract class PushLogContract extends StorageContract {
    private PushOutcome outcome(String device, Status status, String reason) {
        return new PushOutcome(device, Platform.XIAOMI, Optional.of(TOM), status, reason, clock.instant());
    }

    private PushRecord record(String id) {
        return new PushRecord(
                APP,
                id,
                JsonNodeFactory.instance.objectNode().put("data", "hi"),
                clock.instant(),
                Optional.empty(),
                clock.instant().plus(Duration.ofDays(1)));
    }

    private static Job job(String id) {
        return new Job(APP, Purpose.PUSH, "push " + id, "{}");
    }

    private Optional<PushRecord> add(PushRecord push, String requestId) {
        return storage.pushes()
                .add(
                        push,
                        job(push.id()),
                        Optional.of(requestId),
                        clock.instant().minusSeconds(300));
    }

    @Test
    void the_last_outcome_of_a_device_stands_and_survives_a_restart() {
        storage.pushes()
                .note(
                        APP,
                        "m1",
                        List.of(outcome("b", Status.RETRYING, "too fast"), outcome("a", Status.ACCEPTED, "")),
                        true);
        storage.pushes().note(APP, "m1", List.of(outcome("b", Status.INVALID_TOKEN, "unknown")), true);
        storage.pushes().note(APP, "m2", List.of(outcome("c", Status.ACCEPTED, "")), true);

        reopen();

        assertThat(storage.pushes().outcomes(APP, "m1", 10))
                .containsExactly(outcome("a", Status.ACCEPTED, ""), outcome("b", Status.INVALID_TOKEN, "unknown"));
        assertThat(storage.pushes().outcomes(APP, "m1", 1)).hasSize(1);
        assertThat(storage.pushes().outcomes(OTHER_APP, "m1", 10)).isEmpty();
    }

    @Test
    void only_final_outcomes_are_counted_and_a_push_to_everybody_has_numbers_only() {
        storage.pushes()
                .note(
                        APP,
                        "all",
                        List.of(
                                outcome("a", Status.ACCEPTED, ""),
                                outcome("b", Status.ACCEPTED, ""),
                                outcome("c", Status.RETRYING, "busy")),
                        false);
        storage.pushes().note(APP, "all", List.of(outcome("c", Status.REJECTED, "no")), false);

        assertThat(storage.pushes().outcomes(APP, "all", 10)).isEmpty();
        assertThat(storage.pushes().counts(APP, "all"))
                .isEqualTo(Map.of(Platform.XIAOMI, Map.of(Status.ACCEPTED, 2L, Status.REJECTED, 1L)));
    }

    @Test
    void a_repeated_request_finds_the_first_one_and_adds_nothing() {
        PushRecord first = record("first");
        assertThat(add(first, "r1")).isEmpty();
        clock.advance(Duration.ofMinutes(4));

        assertThat(add(record("second"), "r1")).contains(first);
        assertThat(add(record("third"), "r2")).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(add(record("fourth"), "r1")).isEmpty();

        assertThat(storage.pushes().list(APP, Optional.empty(), 10).stream().map(PushRecord::id))
                .containsExactly("fourth", "third", "first");
        assertThat(storage.outbox().waiting().stream().mapToLong(Waiting::jobs).sum())
                .isEqualTo(3);
    }

    @Test
    void a_record_and_its_job_are_announced_to_whoever_works() {
        List<AppId> woken = new ArrayList<>();
        storage.outbox().listen((app, purpose) -> woken.add(app));

        add(record("one"), "r");
        add(record("two"), "r");

        assertThat(woken).containsExactly(APP);
    }

    @Test
    void records_are_listed_by_age_found_and_deleted() {
        PushRecord older = record("older");
        add(older, "1");
        clock.advance(Duration.ofSeconds(1));
        Instant between = clock.instant();
        PushRecord later = new PushRecord(
                APP,
                "later",
                older.request(),
                between,
                Optional.of(between.plusSeconds(60)),
                between.plusSeconds(3600));
        add(later, "2");

        reopen();

        assertThat(storage.pushes().find(APP, "later")).contains(later);
        assertThat(storage.pushes().find(OTHER_APP, "later")).isEmpty();
        assertThat(storage.pushes().list(APP, Optional.of(between), 10)).containsExactly(older);
        assertThat(storage.pushes().delete(APP, "later")).isTrue();
        assertThat(storage.pushes().delete(APP, "later")).isFalse();
        assertThat(storage.pushes().list(APP, Optional.empty(), 10)).containsExactly(older);
    }

    @Test
    void what_is_old_is_forgotten_but_not_what_is_still_to_come() {
        storage.pushes().note(APP, "old", List.of(outcome("a", Status.ACCEPTED, "")), true);
        add(record("old"), "1");
        PushRecord scheduled = new PushRecord(
                APP,
                "scheduled",
                attributes(),
                clock.instant(),
                Optional.of(clock.instant().plus(Duration.ofDays(30))),
                clock.instant().plus(Duration.ofDays(37)));
        add(scheduled, "2");
        clock.advance(Duration.ofDays(8));
        storage.pushes().note(APP, "new", List.of(outcome("a", Status.ACCEPTED, "")), true);

        storage.pushes().trim(clock.instant().minus(Duration.ofDays(7)));

        assertThat(storage.pushes().outcomes(APP, "old", 10)).isEmpty();
        assertThat(storage.pushes().counts(APP, "old")).isEmpty();
        assertThat(storage.pushes().outcomes(APP, "new", 10)).hasSize(1);
        assertThat(storage.pushes().list(APP, Optional.empty(), 10)).containsExactly(scheduled);
    }
}
