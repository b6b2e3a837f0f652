package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a client missed, fetched over HTTP with its session token. Source: protocol 8.5.
class MissedNoticesTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    private static String token;
    private static String conversation;

    private final Http http = new Http();

    @BeforeAll
    static void jerry_invites_tom_who_is_away() throws Exception {
        try (var tom = new JsonSocket(server.webSocketUrl())) {
            token = tom.open("Tom");
        }
        try (var jerry = new JsonSocket(server.webSocketUrl())) {
            jerry.open("Jerry");
            conversation = jerry.ask(
                            "{\"cmd\":\"conv\",\"op\":\"start\",\"peerId\":\"Jerry\",\"m\":[\"Tom\"],\"i\":%d}")
                    .path("cid")
                    .asText();
        }
    }

    @Test
    void javascript_gets_pages_with_underscores() throws Exception {
        JsonNode answer = missed("&start_ts=0&notification_type=permanent");

        assertThat(answer.path("hasMore").isBoolean()).isTrue();
        assertThat(operations(answer.path("notifications"))).containsExactlyInAnyOrder("joined", "members_joined");
        assertThat(answer.path("notifications")).allSatisfy(MissedNoticesTest::isNoticeOfJerry);
    }

    @Test
    void swift_gets_everything_with_dashes() throws Exception {
        JsonNode answer = missed("&start_ts=0");

        JsonNode permanent = answer.path("permanent").path("notifications");
        assertThat(operations(permanent)).containsExactlyInAnyOrder("joined", "members-joined");
        assertThat(permanent).allSatisfy(MissedNoticesTest::isNoticeOfJerry);
        assertThat(answer.path("droppable").toString())
                .isEqualTo("{\"invalidLocalConvCache\":false,\"notifications\":[]}");
    }

    @Test
    void what_is_not_later_than_the_given_time_is_left_out() throws Exception {
        JsonNode all = missed("&start_ts=0&notification_type=permanent").path("notifications");
        long last = all.get(all.size() - 1).path("serverTs").asLong();

        assertThat(missed("&start_ts=" + last + "&notification_type=permanent").path("notifications"))
                .isEmpty();
    }

    @Test
    void the_token_of_one_client_does_not_open_the_notices_of_another() throws Exception {
        var answer = http.get(
                server.url() + "/1.1/rtm/notifications?client_id=Jerry&start_ts=0",
                "X-LC-Id",
                TestApp.ID,
                "X-LC-Key",
                TestApp.KEY,
                "X-LC-IM-Session-Token",
                token);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":401");
    }

    private JsonNode missed(String parameters) throws Exception {
        return http.json(
                server.url() + "/1.1/rtm/notifications?client_id=Tom" + parameters,
                "X-LC-Id",
                TestApp.ID,
                "X-LC-Key",
                TestApp.KEY,
                "X-LC-IM-Session-Token",
                token);
    }

    private static void isNoticeOfJerry(JsonNode notice) {
        assertThat(notice.path("cmd").asText()).isEqualTo("conv");
        assertThat(notice.path("cid").asText()).isEqualTo(conversation);
        assertThat(notice.path("initBy").asText()).isEqualTo("Jerry");
        assertThat(notice.path("notificationType").asInt()).isEqualTo(1);
        assertThat(notice.path("serverTs").isIntegralNumber()).isTrue();
    }

    private static Iterable<String> operations(JsonNode notices) {
        return StreamSupport.stream(notices.spliterator(), false)
                .map(notice -> notice.path("op").asText())
                .toList();
    }
}
