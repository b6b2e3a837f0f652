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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadRulesTest {
    private final RecordingBuilder chat = RecordingBuilder.chat();

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_count_that_is_not_what_lies_after_the_mark_is_noticed(int told) {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.says(TOM, "two", TABLET, JERRY);
        chat.reads("jerry", "one");
        chat.ends(Map.of("jerry", told));

        assertThat(chat.brokenPromises()).containsExactly(Promise.UNREAD_IS_WHAT_LIES_AFTER_THE_READ_MARK);
    }

    @Test
    void own_messages_from_any_device_are_not_unread() {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.says(TABLET, "two", TOM, JERRY);
        chat.ends(Map.of("tom", 1));

        assertThat(chat.brokenPromises()).containsExactly(Promise.UNREAD_IS_WHAT_LIES_AFTER_THE_READ_MARK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_read_whose_fate_is_unknown_leaves_both_counts_possible(int told) {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.says(TOM, "two", TABLET, JERRY);
        chat.recorder()
                .mayHaveRead(
                        "jerry",
                        HOUSE,
                        chat.message("one").timestamp(),
                        chat.recorder().tick());
        chat.ends(Map.of("jerry", told));

        assertThat(chat.violations()).isEmpty();
    }

    @Test
    void a_guest_counts_from_its_coming() {
        chat.says(TOM, "one", TABLET, JERRY);
        chat.lets("spike", true);
        chat.says(TOM, "two", TABLET, JERRY, SPIKE);
        chat.ends(Map.of("spike", 2));

        assertThat(chat.brokenPromises()).containsExactly(Promise.UNREAD_IS_WHAT_LIES_AFTER_THE_READ_MARK);
    }

    @Test
    void counts_stop_at_the_cap() {
        for (int number = 0; number < 130; number++) {
            chat.says(TOM, "message " + number, TABLET, JERRY);
        }
        chat.ends(Map.of("jerry", 100));

        assertThat(chat.violations()).isEmpty();
    }
}
