package io.parley.load.history;

import static io.parley.load.history.RecordingBuilder.HOUSE;
import static io.parley.load.history.RecordingBuilder.JERRY;
import static io.parley.load.history.RecordingBuilder.TABLET;
import static io.parley.load.history.RecordingBuilder.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.load.history.Violation.Promise;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryRulesTest {
    @Test
    void a_chat_in_which_all_is_well_breaks_no_promise() {
        assertThat(RecordingBuilder.fineChat().violations()).isEmpty();
    }

    @Test
    void an_acked_message_that_is_not_in_the_history_is_lost() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.historyBecomes(history -> {
            history.remove(chat.message("two"));
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.ACKED_MESSAGES_ARE_KEPT, Promise.DELIVERIES_ARE_STORED);
    }

    @Test
    void a_message_that_was_never_acked_may_be_missing() {
        RecordingBuilder chat = RecordingBuilder.chat();
        chat.says(TOM, "one", TABLET, JERRY);
        chat.recorder().sending("two", HOUSE, "tom", TOM);
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_message_acked_under_another_id_or_time_is_not_kept() {
        RecordingBuilder chat = RecordingBuilder.chat();
        Message one = chat.stores(TOM, "one");
        chat.recorder().acked("one", one.id(), one.timestamp() + 1);
        chat.pushes(TABLET, 1, one);
        chat.pushes(JERRY, 1, one);
        chat.ends(Map.of("jerry", 1));

        assertThat(chat.brokenPromises()).containsExactly(Promise.ACKED_MESSAGES_ARE_KEPT);
    }

    @Test
    void a_message_stored_twice_is_doubled() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.historyBecomes(history -> {
            history.add(new Message("m9", 2000, "tom", "two"));
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.MESSAGES_ARE_SINGLE);
    }

    @Test
    void two_answers_with_two_ids_for_one_message_are_a_double() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.recorder().acked("two", "m9", 2000);

        assertThat(chat.brokenPromises()).containsExactly(Promise.MESSAGES_ARE_SINGLE);
    }

    @Test
    void two_equal_answers_for_one_message_are_fine() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        Message two = chat.message("two");
        chat.recorder().acked("two", two.id(), two.timestamp());

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_message_that_nobody_sent_is_untrue() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.historyBecomes(history -> {
            history.add(new Message("m9", 2000, "tom", "never said"));
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.HISTORY_IS_TRUE);
    }

    @Test
    void a_message_in_the_history_of_another_conversation_is_untrue() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.recorder().sending("for the garden", "garden", "tom", TOM);
        chat.historyBecomes(history -> {
            history.add(new Message("m9", 2000, "tom", "for the garden"));
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.HISTORY_IS_TRUE);
    }

    @Test
    void a_message_under_a_wrong_name_is_untrue() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.historyBecomes(history -> {
            Message two = chat.message("two");
            history.set(1, new Message(two.id(), two.timestamp(), "jerry", two.text()));
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.HISTORY_IS_TRUE, Promise.ACKED_MESSAGES_ARE_KEPT);
    }

    @Test
    void times_that_do_not_rise_are_no_order() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.historyBecomes(history -> {
            Collections.swap(history, 0, 2);
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.HISTORY_IS_ORDERED);
    }

    @Test
    void a_history_that_reads_differently_backwards_is_no_order() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.backwardHistoryBecomes(history -> history.subList(1, 3));

        assertThat(chat.brokenPromises()).containsExactly(Promise.HISTORY_IS_ORDERED);
    }

    @Test
    void a_device_whose_messages_change_places_is_not_kept_in_order() {
        RecordingBuilder chat = RecordingBuilder.chat();
        chat.recorder().sending("first", HOUSE, "tom", TOM);
        chat.says(TOM, "second", TABLET, JERRY);
        chat.historyBecomes(history -> {
            history.add(new Message("m9", 2000, "tom", "first"));
            return history;
        });

        assertThat(chat.brokenPromises()).contains(Promise.SENDERS_KEEP_THEIR_ORDER);
    }

    @Test
    void the_message_of_a_member_must_not_be_refused() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.recorder().sending("four", HOUSE, "tom", TOM);
        chat.recorder().refused("four", 4200);

        assertThat(chat.brokenPromises()).containsExactly(Promise.MEMBERS_MAY_SPEAK);
    }

    @Test
    void the_message_of_a_stranger_may_be_refused() {
        RecordingBuilder chat = RecordingBuilder.fineChat();
        chat.recorder().sending("four", HOUSE, "spike", RecordingBuilder.SPIKE);
        chat.recorder().refused("four", 4401);

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_guest_whose_first_attempt_may_have_been_refused_may_be_overtaken() {
        RecordingBuilder chat = RecordingBuilder.chat();
        chat.lets("spike", true);
        chat.recorder().sending("first", HOUSE, "spike", RecordingBuilder.SPIKE);
        chat.lets("spike", false);
        chat.lets("spike", true);
        chat.says(RecordingBuilder.SPIKE, "second", TOM, TABLET, JERRY);
        Message first = new Message("m9", 2000, "spike", "first");
        chat.recorder().acked("first", first.id(), first.timestamp());
        for (String device : new String[] {TOM, TABLET, JERRY}) {
            chat.pushes(device, 1, first);
        }
        chat.historyBecomes(history -> {
            history.add(first);
            return history;
        });

        assertThat(chat.violations()).isEmpty();
    }
}
