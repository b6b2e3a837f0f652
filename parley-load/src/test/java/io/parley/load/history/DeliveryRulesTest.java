package io.parley.load.history;

import static io.parley.load.history.RecordingBuilder.HOUSE;
import static io.parley.load.history.RecordingBuilder.JERRY;
import static io.parley.load.history.RecordingBuilder.SPIKE;
import static io.parley.load.history.RecordingBuilder.TABLET;
import static io.parley.load.history.RecordingBuilder.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.load.history.Violation.Promise;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryRulesTest {
    private final RecordingBuilder chat = RecordingBuilder.chat();

    @Test
    void deliveries_in_another_order_than_the_history_are_noticed() {
        Message one = chat.says(TOM, "one", TABLET);
        Message two = chat.says(TOM, "two", TABLET);
        chat.pushes(JERRY, 1, two);
        chat.pushes(JERRY, 1, one);
        chat.ends(Map.of("jerry", 2));

        assertThat(chat.brokenPromises()).containsExactly(Promise.DELIVERY_ORDER_IS_HISTORY_ORDER);
    }

    @Test
    void a_message_pushed_twice_over_one_connection_is_noticed() {
        chat.pushes(JERRY, 1, chat.says(TOM, "one", TABLET, JERRY));
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.brokenPromises()).containsExactly(Promise.DELIVERIES_ARE_SINGLE);
    }

    @Test
    void a_message_pushed_again_over_the_next_connection_is_fine() {
        Message one = chat.says(TOM, "one", TABLET, JERRY);
        chat.recorder().disconnected(JERRY, 1);
        chat.recorder().connected(JERRY, 2);
        chat.pushes(JERRY, 2, one);
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_message_left_out_between_two_others_is_noticed_even_if_the_device_fetched_it() {
        chat.says(TOM, "one", TABLET, JERRY);
        Message two = chat.says(TOM, "two", TABLET);
        chat.says(TOM, "three", TABLET, JERRY);
        chat.recorder().disconnected(JERRY, 1);
        chat.recorder().connected(JERRY, 2);
        chat.fetches(JERRY, 2, two);
        chat.ends(Map.of("jerry", 3));

        assertThat(chat.brokenPromises()).containsExactly(Promise.DELIVERIES_HAVE_NO_GAPS);
    }

    @Test
    void a_last_message_that_does_not_reach_an_open_connection_is_noticed() {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.fetches(JERRY, 1, chat.says(TOM, "two", TABLET));
        chat.ends(Map.of("jerry", 2));

        assertThat(chat.brokenPromises()).containsExactly(Promise.DELIVERIES_HAVE_NO_GAPS);
    }

    @Test
    void the_sending_device_needs_no_push_but_the_sender_s_other_device_does() {
        chat.fetches(TABLET, 1, chat.says(TOM, "one", JERRY));
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains(TABLET));
    }

    @Test
    void what_was_missed_while_offline_may_be_fetched() {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.recorder().disconnected(JERRY, 1);
        Message two = chat.says(TOM, "two", TABLET);
        chat.recorder().connected(JERRY, 2);
        chat.fetches(JERRY, 2, two);
        chat.says(TOM, "three", TABLET);
        chat.pushes(JERRY, 2, chat.message("three"));
        chat.ends(Map.of("jerry", 3));

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_device_that_never_gets_a_message_misses_it() {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.recorder().disconnected(JERRY, 1);
        chat.says(TOM, "two", TABLET);
        chat.ends(Map.of("jerry", 2));

        assertThat(chat.brokenPromises()).containsExactly(Promise.DEVICES_MISS_NOTHING);
    }

    @Test
    void a_device_that_has_one_message_under_two_ids_is_noticed() {
        Message one = chat.says(TOM, "one", TABLET, JERRY);
        chat.fetches(JERRY, 1, new Message("m9", one.timestamp(), one.from(), one.text()));
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.brokenPromises()).contains(Promise.MESSAGES_ARE_SINGLE);
    }

    @Test
    void a_delivered_message_that_is_not_in_the_history_is_noticed() {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.recorder().sending("two", HOUSE, "tom", TOM);
        chat.pushes(JERRY, 1, new Message("m9", 2000, "tom", "two"));
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.brokenPromises()).containsExactly(Promise.DELIVERIES_ARE_STORED);
    }

    @Test
    void a_message_to_somebody_who_was_never_a_member_is_noticed() {
        chat.pushes(SPIKE, 1, chat.says(TOM, "one", TABLET, JERRY));
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.brokenPromises()).containsExactly(Promise.STRANGERS_GET_NOTHING);
    }

    @Test
    void a_message_sent_after_the_removal_was_confirmed_must_not_reach_the_removed() {
        chat.lets("spike", true);
        chat.says(TOM, "one", TABLET, JERRY, SPIKE);
        chat.lets("spike", false);
        chat.says(TOM, "two", TABLET, JERRY, SPIKE);
        chat.ends(Map.of("jerry", 2));

        assertThat(chat.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.promise()).isEqualTo(Promise.STRANGERS_GET_NOTHING))
                .satisfies(violation -> assertThat(violation.what()).contains("two"));
    }

    @Test
    void a_message_sent_while_the_removal_was_under_way_may_reach_the_removed_or_not() {
        chat.lets("spike", true);
        long requestedAt = chat.recorder().tick();
        chat.says(TOM, "one", TABLET, JERRY, SPIKE);
        chat.says(TOM, "two", TABLET, JERRY);
        chat.recorder().memberChanged(HOUSE, "spike", false, requestedAt);
        chat.ends(Map.of("jerry", 2));

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_guest_who_comes_back_need_not_get_pushed_what_was_said_without_it() {
        chat.lets("spike", true);
        chat.says(TOM, "one", TABLET, JERRY, SPIKE);
        chat.lets("spike", false);
        Message two = chat.says(TOM, "two", TABLET, JERRY);
        chat.lets("spike", true);
        chat.fetches(SPIKE, 1, two);
        chat.says(TOM, "three", TABLET, JERRY, SPIKE);
        chat.ends(Map.of("jerry", 3, "spike", 1));

        assertThat(chat.violations()).isEmpty();
    }
}
