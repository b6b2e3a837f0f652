package io.parley.load.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.load.client.Endpoint;
import io.parley.load.history.Violation.Promise;
import io.parley.load.tiny.Fault;
import io.parley.load.tiny.TinyServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatLoadTest {
    private static final long SEED = 42;

    @Test
    void a_good_server_that_crashes_twice_breaks_no_promise() throws Exception {
        assertThat(violationsOf(new TinyServer())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SKIPS_DELIVERY, DELIVERIES_HAVE_NO_GAPS",
        "DOUBLES_DELIVERY, DELIVERIES_ARE_SINGLE",
        "SWAPS_DELIVERIES, DELIVERY_ORDER_IS_HISTORY_ORDER",
        "FORGETS_MESSAGE, ACKED_MESSAGES_ARE_KEPT",
        "IGNORES_TOKENS, MESSAGES_ARE_SINGLE",
        "DELIVERS_TO_STRANGERS, STRANGERS_GET_NOTHING",
        "MISCOUNTS_UNREAD, UNREAD_IS_WHAT_LIES_AFTER_THE_READ_MARK",
        "LOSES_THE_END_IN_A_CRASH, ACKED_MESSAGES_ARE_KEPT"
    })
    void a_bad_server_is_found_out(Fault fault, Promise promise) throws Exception {
        assertThat(violationsOf(new TinyServer(fault)))
                .extracting(Violation::promise)
                .contains(promise);
    }

    @Test
    void the_plan_follows_from_the_seed() {
        assertThat(ChatPlan.of(7, "c", 6, 2, 4)).isEqualTo(ChatPlan.of(7, "c", 6, 2, 4));
        assertThat(ChatPlan.of(7, "c", 6, 2, 4)).isNotEqualTo(ChatPlan.of(8, "c", 6, 2, 4));
    }

    private static List<Violation> violationsOf(TinyServer server) throws Exception {
        ChatPlan plan = ChatPlan.of(SEED, "client", 6, 2, 4);
        Endpoint endpoint = Endpoint.discover(server.url(), "app");
        try (server;
                ChatLoad load = new ChatLoad("app", endpoint, plan, Duration.ofMillis(5))) {
            load.begin();
            for (int round = 1; round <= 2; round++) {
                int accepted = load.accepted();
                await().until(() -> load.accepted() > accepted + 300);
                server.crash();
                server.restart();
            }
            int accepted = load.accepted();
            await().until(() -> load.accepted() > accepted + 300);
            return HistoryChecker.check(load.settle(Duration.ofSeconds(30)));
        }
    }
}
