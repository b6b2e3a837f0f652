package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Mentions;
import io.parley.core.command.StoredMessage;
import io.parley.core.message.Appended;
import io.parley.core.message.Audience;
import io.parley.core.message.Draft;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.outbox.Batch;
import io.parley.core.outbox.DeadLetter;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Outbox.Waiting;
import io.parley.core.outbox.Purpose;
import io.parley.core.outbox.Settlement;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Jobs that wait to be done.
public abstract class OutboxContract extends StorageContract {
    private static final Duration LEASE = Duration.ofMinutes(5);

    protected List<Batch> claim(int lanes, int perLane) {
        return storage.outbox().claim(APP, Purpose.HOOK, lanes, perLane, LEASE);
    }

    private static Job job(String lane, String payload) {
        return new Job(APP, Purpose.HOOK, lane, payload);
    }

    private void add(Job... jobs) {
        storage.outbox().add(List.of(jobs));
    }

    private static Settlement done(int jobs) {
        return new Settlement(jobs, 0, 0, "", Optional.empty(), List.of());
    }

    @Test
    void jobs_of_a_lane_come_in_their_order_and_lanes_side_by_side() {
        add(job("a", "1"), job("b", "2"), job("a", "3"), job("a", "4"));

        List<Batch> claimed = claim(10, 2);

        assertThat(claimed)
                .extracting(Batch::lane, Batch::payloads, Batch::attempts)
                .containsExactlyInAnyOrder(tuple("a", List.of("1", "3"), 0), tuple("b", List.of("2"), 0));
    }

    @Test
    void a_claimed_lane_is_nobody_elses_until_it_is_settled() {
        add(job("a", "1"), job("a", "2"));
        Batch first = claim(10, 1).getFirst();
        assertThat(claim(10, 1)).isEmpty();

        assertThat(storage.outbox().settle(first, done(1))).isTrue();

        assertThat(claim(10, 1)).extracting(Batch::payloads).containsExactly(List.of("2"));
    }

    @Test
    void an_app_or_purpose_sees_only_its_own_jobs() {
        add(job("a", "1"), new Job(OTHER_APP, Purpose.HOOK, "a", "2"), new Job(APP, Purpose.PUSH, "a", "3"));

        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("1");
        assertThat(storage.outbox().claim(OTHER_APP, Purpose.HOOK, 10, 10, LEASE))
                .flatExtracting(Batch::payloads)
                .containsExactly("2");
    }

    @Test
    void a_claim_that_runs_out_is_made_again_and_the_late_one_settles_nothing() {
        add(job("a", "1"));
        Batch late = claim(10, 10).getFirst();
        clock.advance(LEASE);
        Batch again = claim(10, 10).getFirst();

        assertThat(storage.outbox().settle(late, done(1))).isFalse();
        assertThat(again.payloads()).containsExactly("1");
        assertThat(storage.outbox().settle(again, done(1))).isTrue();
        assertThat(storage.outbox().settle(again, done(1))).isFalse();
        add(job("a", "2"));
        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("2");
    }

    @Test
    void what_failed_comes_again_when_it_is_due_before_what_lies_behind_it() {
        add(job("a", "1"), job("a", "2"));
        Batch claimed = claim(10, 10).getFirst();
        Instant later = clock.instant().plusSeconds(10);

        storage.outbox().settle(claimed, new Settlement(0, 0, 1, "refused", Optional.of(later), List.of()));

        assertThat(claim(10, 10)).isEmpty();
        assertThat(storage.outbox().waiting()).containsExactly(new Waiting(APP, Purpose.HOOK, 2, later));
        clock.advance(Duration.ofSeconds(10));
        Batch again = claim(10, 10).getFirst();
        assertThat(again.payloads()).containsExactly("1", "2");
        assertThat(again.attempts()).isEqualTo(1);
    }

    @Test
    void what_was_given_up_is_kept_and_can_be_replayed() {
        add(job("a", "1"), job("a", "2"), job("a", "3"));
        Batch claimed = claim(10, 10).getFirst();

        storage.outbox().settle(claimed, new Settlement(1, 1, 4, "status 500", Optional.empty(), List.of()));

        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("3");
        List<DeadLetter> dead = storage.outbox().dead(APP, OptionalLong.empty(), 10);
        assertThat(dead)
                .extracting(DeadLetter::payload, DeadLetter::lane, DeadLetter::reason, DeadLetter::attempts)
                .containsExactly(tuple("2", "a", "status 500", 5));
        long id = dead.getFirst().id();
        assertThat(storage.outbox().dead(APP, OptionalLong.of(id), 10)).isEmpty();
        assertThat(storage.outbox().replay(OTHER_APP, List.of(id))).isZero();
        assertThat(storage.outbox().replay(APP, List.of(id, 77L))).isEqualTo(1);
        assertThat(storage.outbox().dead(APP, OptionalLong.empty(), 10)).isEmpty();
        clock.advance(LEASE);
        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("3", "2");
    }

    @Test
    void dead_letters_are_discarded_one_by_one_or_when_they_are_old() {
        for (String payload : List.of("1", "2")) {
            add(job("a", payload));
            storage.outbox().settle(claim(1, 1).getFirst(), new Settlement(0, 1, 0, "", Optional.empty(), List.of()));
        }
        List<DeadLetter> dead = storage.outbox().dead(APP, OptionalLong.empty(), 10);
        assertThat(storage.outbox().deadCount()).isEqualTo(2);

        assertThat(storage.outbox().discard(OTHER_APP, List.of(dead.getFirst().id())))
                .isZero();
        assertThat(storage.outbox().discard(APP, List.of(dead.getFirst().id()))).isEqualTo(1);
        storage.outbox().trim(clock.instant());
        assertThat(storage.outbox().deadCount()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        storage.outbox().trim(clock.instant());
        assertThat(storage.outbox().deadCount()).isZero();
    }

    @Test
    void what_follows_from_a_job_is_added_with_its_end() {
        add(job("a", "1"));
        Batch claimed = claim(10, 10).getFirst();
        Instant later = clock.instant().plusSeconds(60);

        storage.outbox()
                .settle(
                        claimed,
                        new Settlement(
                                1,
                                0,
                                0,
                                "",
                                Optional.empty(),
                                List.of(job("b", "2"), new Job(APP, Purpose.HOOK, "c", "3", Optional.of(later)))));

        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("2");
        clock.advance(Duration.ofSeconds(60));
        assertThat(claim(10, 10)).flatExtracting(Batch::payloads).containsExactly("3");
    }

    @Test
    void a_message_and_what_follows_from_it_are_stored_together() {
        ConversationKey chat = chat(TOM, JERRY);
        List<Purpose> announced = Collections.synchronizedList(new ArrayList<>());
        storage.outbox().listen((app, purpose) -> announced.add(purpose));

        StoredMessage message = append(chat, "token").message();
        Appended repeated = append(chat, "token");
        reopen();

        assertThat(repeated.duplicate()).isTrue();
        assertThat(announced).containsExactly(Purpose.HOOK);
        assertThat(claim(10, 10))
                .flatExtracting(Batch::payloads)
                .containsExactly(message.id() + "@" + message.timestamp());
        assertThat(claim(10, 10)).isEmpty();
    }

    private Appended append(ConversationKey chat, String token) {
        return storage.messages()
                .append(new Draft(
                        chat,
                        TOM,
                        new Content.Text("hello"),
                        Mentions.NONE,
                        false,
                        Optional.of(token),
                        Optional.empty(),
                        Audience.MEMBERS,
                        Optional.empty(),
                        Optional.of(
                                ticket -> List.of(job(chat.id().value(), ticket.id() + "@" + ticket.timestamp())))));
    }

    @Test
    void a_row_about_a_message_is_stored_with_it_once_or_not_at_all() {
        ConversationKey chat = chat(TOM, JERRY);
        AtomicBoolean broken = new AtomicBoolean();
        Draft draft = new Draft(
                        chat,
                        TOM,
                        new Content.Text("hello"),
                        Mentions.NONE,
                        false,
                        Optional.of("token"),
                        Optional.empty())
                .with(Optional.of(new Draft.FollowUp() {
                    @Override
                    public List<Job> of(Ticket message) {
                        if (broken.get()) throw new IllegalStateException("no job today");
                        return List.of();
                    }

                    @Override
                    public List<Row> rows(Ticket message) {
                        Instant at = Instant.ofEpochMilli(message.timestamp());
                        ObjectNode columns = JsonNodeFactory.instance
                                .objectNode()
                                .put("message", message.id().value());
                        return List.of(new Row(RecordKey.next(APP, "Note"), columns, at, at));
                    }
                }));

        broken.set(true);
        assertThatThrownBy(() -> storage.messages().append(draft)).hasStackTraceContaining("no job today");
        broken.set(false);
        StoredMessage message = storage.messages().append(draft).message();
        storage.messages().append(draft);
        reopen();

        List<String> found = new ArrayList<>();
        storage.records()
                .visit(
                        APP,
                        "Note",
                        RecordStore.Walk.ALL,
                        row -> found.add(row.data().path("message").asText()));
        assertThat(found).containsExactly(message.id().value());
    }

    @Test
    void a_message_whose_job_cannot_be_made_is_not_stored_either() {
        ConversationKey chat = chat(TOM, JERRY);
        Draft draft = new Draft(
                chat,
                TOM,
                new Content.Text("hello"),
                Mentions.NONE,
                false,
                Optional.empty(),
                Optional.empty(),
                Audience.MEMBERS,
                Optional.empty(),
                Optional.of(ticket -> {
                    throw new IllegalStateException("no job today");
                }));

        assertThatThrownBy(() -> storage.messages().append(draft)).hasStackTraceContaining("no job today");

        assertThat(storage.messages().after(chat, 0, 10)).isEmpty();
        assertThat(send(chat, TOM, "again").position()).isEqualTo(1);
    }

    @Test
    void many_at_once_lose_nothing_and_do_nothing_twice() {
        together(200, i -> {
            add(job("lane" + i % 7, Integer.toString(i)));
            return i;
        });
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        together(8, worker -> {
            List<Batch> batches = claim(3, 5);
            while (!batches.isEmpty()) {
                for (Batch batch : batches) {
                    batch.payloads().forEach(payload -> seen.add(Integer.parseInt(payload)));
                    storage.outbox().settle(batch, done(batch.payloads().size()));
                }
                batches = claim(3, 5);
            }
            return worker;
        });
        Set<Integer> all = new HashSet<>(IntStream.range(0, 200).boxed().toList());
        // A worker may find every lane held by others and stop: what is left is left for the last one.
        for (Batch batch : claim(10, 1000)) batch.payloads().forEach(payload -> seen.add(Integer.parseInt(payload)));
        assertThat(seen).doesNotHaveDuplicates().hasSameElementsAs(all);
    }

    @Test
    void jobs_survive_a_restart_with_their_order_and_failures() {
        add(job("a", "1"), job("a", "2"));
        Batch claimed = claim(1, 1).getFirst();
        storage.outbox().settle(claimed, new Settlement(0, 0, 3, "", Optional.of(clock.instant()), List.of()));

        reopen();

        Batch again = claim(10, 10).getFirst();
        assertThat(again.payloads()).containsExactly("1", "2");
        assertThat(again.attempts()).isEqualTo(3);
        assertThat(claim(10, 10)).isEmpty();
        assertThat(storage.outbox().waiting())
                .extracting(Waiting::app, Waiting::jobs)
                .containsExactly(tuple(new AppId("chat"), 2L));
    }
}
