package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.cache.Cache;
import io.parley.client.internal.cache.HistoryCache;
import io.parley.client.internal.cache.HistoryCache.Page;
import io.parley.client.internal.cache.HistoryCache.Place;
import io.parley.client.internal.cache.JdbcDatabase;
import io.parley.client.internal.cache.MemoryCache;
import io.parley.client.internal.cache.SqlCache;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both stores keep the same promises.
class HistoryCacheTest {
    private static final String ME = "Jerry";
    private static final String CHAT = "c";
    private static final long NOW = 1_000_000;

    static Stream<Cache> stores() {
        return Stream.of(new MemoryCache(), new SqlCache(new JdbcDatabase(":memory:")));
    }

    private static StoredMessage message(int number) {
        return StoredMessage.builder(CHAT, "m" + number, "Tom", number)
                .content("text " + number)
                .build();
    }

    private static List<StoredMessage> messages(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(HistoryCacheTest::message)
                .toList();
    }

    private static Place before(int number) {
        return new Place("m" + number, number);
    }

    private static List<String> ids(Page page) {
        return page.messages.stream().map(StoredMessage::id).toList();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void a_page_is_whole_when_each_message_is_known_to_follow_the_one_before(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.put(ME, CHAT, Place.END, 3, messages(8, 10), NOW, NOW);
        history.becomeCurrent(ME, CHAT);
        history.put(ME, CHAT, before(6), 3, messages(3, 5), NOW, NOW);

        assertThat(history.page(ME, CHAT, Place.END, 3, 0).isWhole).isTrue();
        assertThat(history.page(ME, CHAT, Place.END, 4, 0).isWhole)
                .as("6 and 7 are missing")
                .isFalse();
        assertThat(history.page(ME, CHAT, before(5), 2, 0).isWhole).isTrue();
        assertThat(history.page(ME, CHAT, before(6), 3, 0).isWhole)
                .as("6 is not known")
                .isFalse();
        history.put(ME, CHAT, before(8), 3, messages(5, 7), NOW, NOW);
        Page joined = history.page(ME, CHAT, Place.END, 8, 0);
        assertThat(joined.isWhole).isTrue();
        assertThat(ids(joined)).containsExactly("m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10");
        assertThat(history.page(ME, CHAT, Place.END, 9, 0).isWhole)
                .as("before 3 there may be more")
                .isFalse();
        history.put(ME, CHAT, before(3), 5, messages(1, 2), NOW, NOW);
        assertThat(history.page(ME, CHAT, Place.END, 100, 0).isWhole)
                .as("down to the first")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void a_message_that_the_server_no_longer_has_is_forgotten(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.put(ME, CHAT, Place.END, 10, messages(1, 5), NOW, NOW);
        history.becomeCurrent(ME, CHAT);

        history.put(ME, CHAT, Place.END, 10, List.of(message(1), message(5)), NOW + 1, NOW + 1);

        assertThat(ids(history.page(ME, CHAT, Place.END, 10, 0))).containsExactly("m1", "m5");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void a_message_that_came_after_the_question_is_not_forgotten_by_its_answer(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.append(ME, message(6), NOW + 5);

        history.put(ME, CHAT, Place.END, 10, messages(1, 5), NOW, NOW + 6);

        assertThat(ids(history.page(ME, CHAT, Place.END, 10, 0))).endsWith("m5", "m6");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void after_the_connection_was_lost_the_end_is_not_known(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.put(ME, CHAT, Place.END, 10, messages(1, 5), NOW, NOW);
        history.becomeCurrent(ME, CHAT);
        history.append(ME, message(6), NOW);
        assertThat(history.page(ME, CHAT, Place.END, 10, 0).isWhole).isTrue();

        history.loseTouch(ME);
        history.append(ME, message(9), NOW);

        assertThat(history.page(ME, CHAT, Place.END, 10, 0).isWhole).isFalse();
        assertThat(history.page(ME, CHAT, before(9), 5, 0).isWhole)
                .as("7 and 8 may be missing")
                .isFalse();
        assertThat(history.page(ME, CHAT, before(6), 5, 0).isWhole).isTrue();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void a_message_that_comes_late_closes_no_gap(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.put(ME, CHAT, Place.END, 3, messages(8, 10), NOW, NOW);
        history.becomeCurrent(ME, CHAT);

        history.append(ME, message(5), NOW);

        assertThat(history.page(ME, CHAT, before(8), 1, 0).isWhole).isFalse();
        assertThat(history.page(ME, CHAT, Place.END, 5, 0).isWhole).isFalse();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void changes_keep_their_place_and_receipts_their_times(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.put(ME, CHAT, Place.END, 10, messages(1, 3), NOW, NOW);
        history.receive(ME, CHAT, "m2", 77, 88);

        history.change(
                ME,
                StoredMessage.builder(CHAT, "m2", "Tom", 2)
                        .content("new")
                        .patched(99)
                        .build());
        history.change(ME, StoredMessage.builder(CHAT, "unknown", "Tom", 9).build());

        StoredMessage changed =
                history.page(ME, CHAT, Place.END, 10, 0).messages.get(1);
        assertThat(changed.content()).isEqualTo("new");
        assertThat(changed.patchTimestamp()).isEqualTo(99);
        assertThat(changed.ackAt()).isEqualTo(77);
        assertThat(changed.readAt()).isEqualTo(88);
        assertThat(ids(history.page(ME, CHAT, Place.END, 10, 0))).containsExactly("m1", "m2", "m3");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void messages_of_the_same_time_are_ordered_by_id_and_none_is_lost_between_pages(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        List<StoredMessage> same = Stream.of("a", "b", "c", "d")
                .map(id -> StoredMessage.builder(CHAT, id, "Tom", 5).build())
                .toList();
        history.put(ME, CHAT, Place.END, 10, same, NOW, NOW);

        assertThat(ids(history.page(ME, CHAT, new Place("c", 5), 10, 0))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void each_client_has_its_own_part(Cache cache) {
        HistoryCache history = new HistoryCache(cache);
        history.put(ME, CHAT, Place.END, 10, messages(1, 3), NOW, NOW);

        assertThat(history.page("Tom", CHAT, Place.END, 10, 0).messages).isEmpty();
        cache.forget(ME);
        assertThat(history.page(ME, CHAT, Place.END, 10, 0).messages).isEmpty();
    }
}
