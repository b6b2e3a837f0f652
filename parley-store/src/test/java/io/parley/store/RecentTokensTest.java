package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.message.MessageLog;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTokensTest {
    private static final long MEMORY = MessageLog.TOKEN_MEMORY.toMillis();

    private final RecentTokens tokens = new RecentTokens(0);

    private boolean knows(String token, long row) throws SQLException {
        return tokens.find(tokens.hash(1, "Tom", token), candidate -> candidate == row) == row;
    }

    private void remember(String token, long row, long now) {
        tokens.remember(tokens.hash(1, "Tom", token), row, now);
    }

    @Test
    void every_token_leads_to_its_row_while_the_table_grows() throws SQLException {
        Random random = new Random(1);
        Map<String, Long> rows = new HashMap<>();
        long row = (1L << 32) - 5_000; // so that rows pass a multiple of 2^32
        for (int i = 0; i < 10_000; i++) {
            String token = Long.toString(random.nextLong(), 36);
            rows.put(token, row);
            remember(token, row++, 0);
        }
        for (var entry : rows.entrySet())
            assertThat(knows(entry.getKey(), entry.getValue())).isTrue();
        assertThat(tokens.find(tokens.hash(1, "Tom", "unknown"), candidate -> true))
                .isZero();
    }

    @Test
    void one_hash_can_lead_to_several_rows() throws SQLException {
        for (long row = 1; row <= 5; row++) tokens.remember(77, row, 0);
        for (long row = 1; row <= 5; row++) {
            long wanted = row;
            assertThat(tokens.find(77, candidate -> candidate == wanted)).isEqualTo(wanted);
        }
        assertThat(tokens.find(77, candidate -> false)).isZero();
    }

    @Test
    void the_parts_of_a_token_do_not_run_together() {
        assertThat(tokens.hash(1, "Tom", "x"))
                .isNotEqualTo(tokens.hash(2, "Tom", "x"))
                .isNotEqualTo(tokens.hash(1, "To", "mx"))
                .isNotEqualTo(tokens.hash(1, "Tom", "y"))
                .isEqualTo(tokens.hash(1, "Tom", "x"));
    }

    @Test
    void a_token_is_known_for_its_time_at_least_and_not_for_ever() throws SQLException {
        remember("old", 1, 1);
        remember("trigger", 2, MEMORY + 2);
        assertThat(knows("old", 1)).isTrue();
        remember("trigger", 3, 2 * MEMORY + 4);
        assertThat(knows("old", 1)).isFalse();
        assertThat(knows("trigger", 2)).isTrue();
    }

    @Test
    void under_very_many_tokens_the_newest_stay_known() throws SQLException {
        remember("old", 1, 0);
        for (int i = 0; i < 2 * RecentTokens.GENERATION_SIZE; i++) remember("t" + i, 2 + i, 0);
        assertThat(knows("old", 1)).isFalse();
        for (int i = RecentTokens.GENERATION_SIZE; i < 2 * RecentTokens.GENERATION_SIZE; i += 997)
            assertThat(knows("t" + i, 2 + i)).isTrue();
    }
}
