package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.RecordKey;
import io.parley.core.record.RecordStore;
import io.parley.core.record.RecordStore.By;
import io.parley.core.record.RecordStore.Position;
import io.parley.core.record.RecordStore.Walk;
import io.parley.core.record.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows of JSON by class and id.
public abstract class RecordStoreContract extends StorageContract {
    private RecordStore records() {
        return storage.records();
    }

    private Row row(AppId app, String className, String id, ObjectNode data) {
        return new Row(new RecordKey(app, className, id), data, clock.instant(), clock.instant());
    }

    private Row note(String id, int stars) {
        return row(APP, "Note", id, attributes().put("stars", stars));
    }

    private Row user(String id, String name) {
        return row(APP, "_User", id, attributes().put("username", name));
    }

    private static void refusedWith(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void a_row_is_found_by_its_app_class_and_id_also_after_a_restart() {
        Row note = note("n1", 3);
        records().insert(note);
        reopen();
        assertThat(records().find(note.key())).contains(note);
        assertThat(records().find(new RecordKey(OTHER_APP, "Note", "n1"))).isEmpty();
        assertThat(records().find(new RecordKey(APP, "Other", "n1"))).isEmpty();
        assertThat(records().find(new RecordKey(APP, "Note", "n2"))).isEmpty();
    }

    @Test
    void an_id_is_given_once_per_class() {
        records().insert(note("n1", 3));
        refusedWith(ErrorCode.DUPLICATE_VALUE, () -> records().insert(note("n1", 4)));
        records().insert(row(APP, "Other", "n1", attributes()));
        assertThat(records().find(note("n1", 0).key()).orElseThrow().data())
                .isEqualTo(attributes().put("stars", 3));
    }

    @Test
    void a_change_moves_the_time_of_the_last_change_and_nothing_else() {
        Row note = note("n1", 3);
        records().insert(note);
        Row changed = records().update(note.key(), data -> data.put("stars", 4)).orElseThrow();
        assertThat(changed.data()).isEqualTo(attributes().put("stars", 4));
        assertThat(changed.createdAt()).isEqualTo(note.createdAt());
        assertThat(changed.updatedAt()).isAfter(note.updatedAt());
        assertThat(records().find(note.key())).contains(changed);
        assertThat(records().update(note("n2", 0).key(), data -> data)).isEmpty();
    }

    @Test
    void a_refused_change_changes_nothing() {
        Row note = note("n1", 3);
        records().insert(note);
        refusedWith(
                ErrorCode.NO_EFFECT,
                () -> records().update(note.key(), data -> {
                    data.put("stars", 9);
                    throw Refusal.of(ErrorCode.NO_EFFECT);
                }));
        assertThat(records().find(note.key())).contains(note);
    }

    @Test
    void changes_at_the_same_time_are_all_counted() {
        Row note = note("n1", 0);
        records().insert(note);
        together(
                50,
                number -> records()
                        .update(
                                note.key(),
                                data -> data.put("stars", data.path("stars").asInt() + 1)));
        assertThat(records().find(note.key()).orElseThrow().data().path("stars").asInt())
                .isEqualTo(50);
    }

    @Test
    void a_row_is_deleted_if_the_condition_agrees() {
        Row note = note("n1", 3);
        records().insert(note);
        refusedWith(
                ErrorCode.NO_EFFECT,
                () -> records().delete(note.key(), row -> {
                    throw Refusal.of(ErrorCode.NO_EFFECT);
                }));
        assertThat(records().find(note.key())).contains(note);
        assertThat(records().delete(note.key(), row -> {})).contains(note);
        assertThat(records().delete(note.key(), row -> {})).isEmpty();
        assertThat(records().find(note.key())).isEmpty();
    }

    @Test
    void a_username_belongs_to_one_user_of_an_app() {
        records().insert(user("u1", "tom"));
        refusedWith(ErrorCode.USERNAME_TAKEN, () -> records().insert(user("u2", "tom")));
        records().insert(row(OTHER_APP, "_User", "u2", attributes().put("username", "tom")));
        records().insert(user("u3", "jerry"));
        refusedWith(
                ErrorCode.USERNAME_TAKEN,
                () -> records().update(user("u3", "").key(), data -> data.put("username", "tom")));
        assertThat(records().findBy(APP, "_User", "username", List.of("tom")))
                .extracting(Row::id)
                .containsExactly("u1");
        assertThat(records().findBy(APP, "_User", "username", List.of("jerry")))
                .extracting(Row::id)
                .containsExactly("u3");
    }

    @Test
    void a_username_is_free_again_when_its_user_takes_another_or_goes() {
        records().insert(user("u1", "tom"));
        records().update(user("u1", "").key(), data -> data.put("username", "thomas"));
        records().insert(user("u2", "tom"));
        records().delete(user("u1", "").key(), row -> {});
        records().insert(user("u3", "thomas"));
        assertThat(records().findBy(APP, "_User", "username", List.of("thomas")))
                .extracting(Row::id)
                .containsExactly("u3");
    }

    @Test
    void of_many_who_want_a_username_at_the_same_time_one_gets_it() {
        AtomicInteger refused = new AtomicInteger();
        together(20, number -> {
            try {
                records().insert(user("u" + number, "tom"));
            } catch (Refusal taken) {
                refused.incrementAndGet();
            }
            return number;
        });
        assertThat(refused).hasValue(19);
        assertThat(records().findBy(APP, "_User", "username", List.of("tom"))).hasSize(1);
    }

    @Test
    void installations_are_found_by_any_of_their_channels() {
        ObjectNode phone = attributes().put("installationId", "i1");
        phone.putArray("channels").add("Tom").add("news");
        ObjectNode tablet = attributes().put("installationId", "i2");
        tablet.putArray("channels").add("Tom");
        records().insert(row(APP, "_Installation", "a", phone));
        records().insert(row(APP, "_Installation", "b", tablet));
        assertThat(records().findBy(APP, "_Installation", "channels", List.of("Tom", "news")))
                .extracting(Row::id)
                .containsExactly("a", "b");
        records().update(new RecordKey(APP, "_Installation", "b"), data -> {
            data.putArray("channels");
            return data;
        });
        assertThat(records().findBy(APP, "_Installation", "channels", List.of("Tom", "nobody")))
                .extracting(Row::id)
                .containsExactly("a");
    }

    @Test
    void imported_rows_replace_those_with_their_ids_and_keep_their_times() {
        records().insert(user("u1", "tom"));
        records().insert(user("u2", "jerry"));
        Instant old = Instant.parse("2019-04-29T07:46:41.687Z");
        Row thomas = new Row(user("u1", "").key(), attributes().put("username", "thomas"), old, old.plusMillis(1));
        Row thief = user("u3", "jerry");
        assertThat(records().put(List.of(thomas, thief))).containsExactly(thief);
        assertThat(records().put(List.of(thomas))).isEmpty();
        assertThat(records().find(thomas.key())).contains(thomas);
        assertThat(records().find(thief.key())).isEmpty();
        assertThat(records().findBy(APP, "_User", "username", List.of("tom"))).isEmpty();
    }

    @Test
    void rows_are_read_by_their_ids_in_order() {
        records().put(List.of(note("b", 2), note("a", 1), note("c", 3)));
        assertThat(records().find(APP, "Note", List.of("c", "x", "a", "a")))
                .extracting(Row::id)
                .containsExactly("a", "c");
    }

    @ParameterizedTest
    @CsvSource({"ID", "CREATED", "UPDATED"})
    void a_walk_meets_every_row_once_in_its_order(By by) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            Instant created = clock.instant().plusMillis(i % 7);
            rows.add(new Row(
                    new RecordKey(APP, "Note", "n%03d".formatted((i * 37) % 450)),
                    attributes(),
                    created,
                    created.plusMillis(i % 11)));
        }
        records().put(rows);
        records().insert(row(APP, "Other", "x", attributes()));
        records().insert(row(OTHER_APP, "Note", "x", attributes()));
        for (boolean descending : new boolean[] {false, true}) {
            List<Row> met = walk(new Walk(by, descending, Optional.empty()));
            assertThat(met).hasSize(450).doesNotHaveDuplicates();
            assertThat(met).isSortedAccordingTo((left, right) -> {
                int order = compare(by, left, right);
                return descending ? -order : order;
            });
            Row tenth = met.get(9);
            var position = new Position(by == By.CREATED ? tenth.createdAt() : tenth.updatedAt(), tenth.id());
            assertThat(walk(new Walk(by, descending, Optional.of(position)))).isEqualTo(met.subList(10, 450));
        }
    }

    private List<Row> walk(Walk walk) {
        List<Row> met = new ArrayList<>();
        records().visit(APP, "Note", walk, met::add);
        return met;
    }

    private static int compare(By by, Row left, Row right) {
        int byTime = switch (by) {
            case ID -> 0;
            case CREATED -> left.createdAt().compareTo(right.createdAt());
            case UPDATED -> left.updatedAt().compareTo(right.updatedAt());
        };
        return byTime != 0 ? byTime : left.id().compareTo(right.id());
    }

    @Test
    void a_walk_ends_when_its_visitor_has_seen_enough() {
        records().put(List.of(note("a", 1), note("b", 2), note("c", 3)));
        List<String> met = new ArrayList<>();
        records().visit(APP, "Note", Walk.ALL, row -> {
            met.add(row.id());
            return met.size() < 2;
        });
        assertThat(met).containsExactly("a", "b");
    }

    @Test
    void classes_are_listed_with_their_number_of_rows() {
        records().put(List.of(note("a", 1), note("b", 2), user("u1", "tom")));
        records().insert(row(OTHER_APP, "Secret", "x", attributes()));
        assertThat(records().classes(APP)).isEqualTo(Map.of("Note", 2L, "_User", 1L));
    }
}
