package io.parley.load.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatPlanTest {
    /// In the plan of the last seed chance forgets a client.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 1561845416L})
    void every_client_has_somebody_to_talk_to(long seed) {
        ChatPlan plan = ChatPlan.of(seed, "client", 8, 2, 6);

        assertThat(plan.clients())
                .allSatisfy(client -> assertThat(plan.talks()).anyMatch(talk -> talk.concerns(client)));
    }
}
