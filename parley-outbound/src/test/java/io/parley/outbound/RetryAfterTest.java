package io.parley.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final String NOON = "Sun, 01 Mar 2026 12:00:00 GMT";

    private static Duration of(int status, String text) {
        return RetryAfter.of(
                status,
                HttpHeaders.of(Map.of("Retry-After", List.of(text), "Date", List.of(NOON)), (name, value) -> true));
    }

    @Test
    void seconds_are_taken_as_they_are() {
        assertThat(of(429, "17")).isEqualTo(Duration.ofSeconds(17));
        assertThat(of(503, " 0 ")).isZero();
    }

    @Test
    void a_time_counts_from_the_time_of_the_answer() {
        assertThat(of(503, "Sun, 01 Mar 2026 12:01:30 GMT")).isEqualTo(Duration.ofSeconds(90));
        assertThat(of(503, "Sun, 01 Mar 2026 11:00:00 GMT")).isZero();
    }

    @Test
    void what_makes_no_sense_or_belongs_to_another_answer_counts_for_nothing() {
        for (String text : List.of("soon", "-5", "1.5", "99999999999999999999", ""))
            assertThat(of(429, text)).isZero();
        assertThat(of(200, "17")).isZero();
        assertThat(of(301, "17")).isZero();
        assertThat(RetryAfter.of(429, HttpHeaders.of(Map.of(), (name, value) -> true)))
                .isZero();
    }
}
