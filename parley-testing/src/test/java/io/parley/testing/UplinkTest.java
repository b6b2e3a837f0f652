package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.testing.TestEngine.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients write to a service conversation goes to the application's own server. Source: semantics 10.5.
class UplinkTest {
    private static final String PATH = "/uplinks";

    private final TestEngine engine = TestEngine.start();
    private final AtomicBoolean broken = new AtomicBoolean();
    private ParleyServer server;
    private Operator operator;

    @BeforeEach
    void start() {
        engine.define(PATH, call -> broken.get() ? Answer.status(500) : new Answer(200, ""));
        server = ParleyServer.with()
                .set("outbound.allowPrivate", "true")
                .set("appDefaults.hooks.uplinkUrl", engine.url() + PATH)
                .start();
        operator = new Operator(server);
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
    }

    @Test
    void messages_arrive_in_order_as_lists() throws Exception {
        String service = operator.service("help");
        try (var tom = Device.login(server, "Tom")) {
            for (int i = 0; i < 20; i++) tom.send(service, "m" + i);

            List<String> arrived = new ArrayList<>();
            JsonNode first = engine.next(PATH).body();
            first.forEach(item -> arrived.add(item.path("data").asText()));
            while (arrived.size() < 20)
                engine.next(PATH)
                        .body()
                        .forEach(item -> arrived.add(item.path("data").asText()));
            assertThat(arrived)
                    .containsExactly(java.util.stream.IntStream.range(0, 20)
                            .mapToObj(i -> "m" + i)
                            .toArray(String[]::new));
            JsonNode item = first.path(0);
            assertThat(item.path("from").asText()).isEqualTo("Tom");
            assertThat(item.path("fromIp").asText()).isEqualTo("127.0.0.1");
            assertThat(item.path("bin").booleanValue()).isFalse();
            assertThat(item.path("conv").toString())
                    .isEqualTo("{\"__type\":\"Pointer\",\"className\":\"_Conversation\",\"objectId\":\"" + service
                            + "\"}");
            assertThat(item.path("createdAt").path("__type").asText()).isEqualTo("Date");
            assertThat(item.path("msgId").asText()).hasSize(22);
        }
    }

    @Test
    void what_a_broken_server_did_not_take_is_a_dead_letter_that_can_be_replayed() throws Exception {
        String service = operator.service("help");
        broken.set(true);
        try (var tom = Device.login(server, "Tom")) {
            tom.send(service, "hello");

            await().until(() ->
                    operator.done("GET", "/x/outbox/dead", "").path("results").size() == 1);
            assertThat(engine.calls(PATH)).hasSize(4);
            JsonNode letter =
                    operator.done("GET", "/x/outbox/dead", "").path("results").path(0);
            assertThat(letter.path("purpose").asText()).isEqualTo("uplink");
            assertThat(letter.path("reason").asText()).isEqualTo("status 500");
            assertThat(letter.path("attempts").asInt()).isEqualTo(4);
            assertThat(new Operator(server, TestApp.KEY)
                            .call("GET", "/x/outbox/dead", "")
                            .status())
                    .isEqualTo(403);

            broken.set(false);
            assertThat(operator.done("POST", "/x/outbox/dead/replay", "{'ids':[" + letter.path("id") + "]}")
                            .path("replayed")
                            .asInt())
                    .isEqualTo(1);
            assertThat(engine.next(PATH).body().path(0).path("data").asText()).isEqualTo("hello");
            assertThat(operator.done("GET", "/x/outbox/dead", "").path("results"))
                    .isEmpty();
        }
    }
}
