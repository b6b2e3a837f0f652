package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.UnreadTuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Broadcasts to every client of the app. Source: semantics 4.4, rest 10.
class BroadcastTest {
    private static final String BROADCASTS = "/1.2/rtm/broadcasts";

    @RegisterExtension
    final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    private final Operator operator = new Operator(server);
    private String news;

    @BeforeEach
    void a_service_that_tom_was_here_before() throws Exception {
        news = operator.service("news");
        Device.login(server, "Tom").close();
    }

    private JsonNode broadcast(String text, String more) throws Exception {
        return operator.done(
                "POST",
                BROADCASTS,
                "{'from_client':'desk','conv_id':'" + news + "','message':'" + text + "'" + more + "}");
    }

    private List<String> history(Device device) throws Exception {
        return device
                .ask(GenericCommand.newBuilder()
                        .setCmd(CommandType.logs)
                        .setLogsMessage(LogsCommand.newBuilder().setCid(news).setLimit(20)))
                .getLogsMessage()
                .getLogsList()
                .stream()
                .map(LogItem::getData)
                .toList();
    }

    @Test
    void everybody_who_is_here_gets_it_once_on_each_device() throws Exception {
        try (var phone = Device.login(server, "Tom");
                var laptop = Device.login(server, "Tom");
                var other = Device.login(server, "Jerry")) {
            JsonNode sent = broadcast("hear", "");

            for (Device device : List.of(phone, laptop, other)) {
                var direct = device.next().getDirectMessage();
                assertThat(direct.getMsg()).isEqualTo("hear");
                assertThat(direct.getConvType()).isEqualTo(3);
                assertThat(direct.getId()).isEqualTo(sent.path("msg-id").asText());
                assertThat(device.told()).isEmpty();
            }
            assertThat(history(other)).containsExactly("hear");
        }
    }

    @Test
    void who_comes_later_finds_it_unread_and_a_newcomer_the_latest_only() throws Exception {
        broadcast("one", "");
        broadcast("two", "");
        try (var tom = Device.login(server, "Tom");
                var newcomer = Device.login(server, "Mary")) {
            UnreadTuple ofTom = tom.next().getUnreadMessage().getConvs(0);
            assertThat(ofTom.getUnread()).isEqualTo(2);
            assertThat(ofTom.getData()).isEqualTo("two");
            assertThat(history(tom)).containsExactly("one", "two");
            assertThat(newcomer.next().getUnreadMessage().getConvs(0).getUnread())
                    .isEqualTo(1);
            assertThat(history(newcomer)).containsExactly("two");
        }
    }

    @Test
    void who_comes_at_the_same_moment_neither_misses_it_nor_counts_it_twice() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Device>> logins = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String client = "client" + i;
                logins.add(threads.submit(() -> Device.login(server, client)));
            }
            broadcast("now", "");

            for (Future<Device> login : logins) {
                try (Device device = login.get()) {
                    assertThat(device.told().stream()
                                    .mapToInt(BroadcastTest::count)
                                    .sum())
                            .isEqualTo(1);
                    assertThat(history(device)).containsExactly("now");
                }
            }
        }
    }

    /// As SDKs count: what the server says is unread, and one for each message that arrives.
    private static int count(GenericCommand told) {
        return told.hasDirectMessage()
                ? 1
                : told.getUnreadMessage().getConvsList().stream()
                        .mapToInt(UnreadTuple::getUnread)
                        .sum();
    }

    @Test
    void old_sdks_get_it_pushed() throws Exception {
        broadcast("one", "");
        try (var tom = Device.loginLikeAnOldSdk(server, "Tom")) {
            var direct = tom.next().getDirectMessage();
            assertThat(direct.getMsg()).isEqualTo("one");
            assertThat(direct.getOffline()).isTrue();
        }
    }

    @Test
    void a_withdrawn_one_is_received_by_nobody_more() throws Exception {
        try (var here = Device.login(server, "Jerry")) {
            JsonNode sent = broadcast("sorry", "");
            String path = BROADCASTS + "/" + sent.path("msg-id").asText();
            assertThat(operator.done("DELETE", path, "")).isEmpty();

            assertThat(history(here)).containsExactly("sorry");
            try (var tom = Device.login(server, "Tom")) {
                assertThat(tom.told()).isEmpty();
            }
            assertThat(operator.call("DELETE", path, "").body().path("code").asInt())
                    .isEqualTo(4404);
        }
    }

    @Test
    void an_edited_one_reaches_newcomers_changed_and_others_are_not_told() throws Exception {
        try (var here = Device.login(server, "Jerry")) {
            JsonNode sent = broadcast("tpyo", "");
            here.next();
            operator.done(
                    "PUT",
                    "/1.2/rtm/service-conversations/" + news + "/messages/"
                            + sent.path("msg-id").asText(),
                    "{'from_client':'desk','message':'typo','timestamp':"
                            + sent.path("timestamp").asLong() + "}");

            assertThat(here.told()).isEmpty();
            try (var tom = Device.login(server, "Tom")) {
                assertThat(tom.next().getUnreadMessage().getConvs(0).getData()).isEqualTo("typo");
            }
        }
    }

    @Test
    void a_transient_one_is_for_those_who_are_here() throws Exception {
        try (var here = Device.login(server, "Jerry")) {
            broadcast("now", ",'transient':true");

            assertThat(here.messages()).containsExactly("now");
            assertThat(history(here)).isEmpty();
        }
        try (var tom = Device.login(server, "Tom")) {
            assertThat(tom.told()).isEmpty();
        }
    }

    @Test
    void valid_ones_are_listed_with_their_end_which_is_a_month_ahead_at_most() throws Exception {
        long now = System.currentTimeMillis();
        long tomorrow = now + Duration.ofDays(1).toMillis();
        broadcast("one", ",'valid_till':" + tomorrow);
        broadcast("two", ",'valid_till':" + (now + Duration.ofDays(400).toMillis()));

        JsonNode listed = operator.done("GET", BROADCASTS + "?conv_id=" + news, "");

        assertThat(listed.findValuesAsText("data")).containsExactly("two", "one");
        assertThat(listed.get(1).path("valid-till").asLong()).isEqualTo(tomorrow);
        assertThat(listed.get(0).path("valid-till").asLong())
                .isBetween(
                        now + Duration.ofDays(27).toMillis(),
                        now + Duration.ofDays(32).toMillis());
        assertThat(operator.done("GET", BROADCASTS + "?limit=1&skip=1&conv_id=" + news, "")
                        .findValuesAsText("data"))
                .containsExactly("one");
    }

    @Test
    void what_cannot_be_broadcast_is_refused() throws Exception {
        var past = operator.call(
                "POST", BROADCASTS, "{'from_client':'desk','conv_id':'" + news + "','message':'x','valid_till':1}");
        assertThat(past.status()).isEqualTo(400);
        assertThat(past.body().path("code").asInt()).isEqualTo(1);
        var nowhere = operator.call("POST", BROADCASTS, "{'from_client':'desk','conv_id':'nothing','message':'x'}");
        assertThat(nowhere.status()).isEqualTo(400);
        assertThat(nowhere.body().path("code").asInt()).isEqualTo(4401);
    }

    @Test
    void it_survives_a_restart() throws Exception {
        broadcast("one", "");
        server.restart();

        try (var tom = Device.login(server, "Tom")) {
            assertThat(tom.next().getUnreadMessage().getConvs(0).getData()).isEqualTo("one");
        }
    }
}
