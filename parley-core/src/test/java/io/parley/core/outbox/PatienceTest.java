package io.parley.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.outbox.Courier.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How long a failed job waits.
class PatienceTest {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Pace PACE = new Pace(1, 1, 12, Duration.ofSeconds(1), LONGEST);

    @Test
    void who_asks_to_be_left_alone_is() {
        assertThat(Couriers.pause(PACE, 1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void nobody_is_left_alone_longer_than_the_pace_says() {
        assertThat(Couriers.pause(PACE, 1, Duration.ofDays(3))).isEqualTo(LONGEST);
    }

    @Test
    void a_request_that_is_shorter_than_the_own_wait_changes_nothing() {
        assertThat(Couriers.pause(PACE, 8, Duration.ofSeconds(1)))
                .isBetween(Duration.ofSeconds(64), Duration.ofSeconds(128));
        assertThat(Couriers.pause(PACE, 1, Duration.ZERO)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
}
