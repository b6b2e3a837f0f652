package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What clients of 2016, which speak JSON, are not answered.
class LegacyAnswersTest {
    @RegisterExtension
    final ParleyServer server =
            ParleyServer.with().set("appDefaults.sendsPerMinute", "2").create();

    private static String room(JsonSocket tom) throws Exception {
        return tom.ask("{\"cmd\":\"conv\",\"op\":\"start\",\"transient\":true,\"attr\":{},\"i\":%d}")
                .path("cid")
                .asText();
    }

    private static String message(String room, String text, boolean passing) {
        return "{\"cmd\":\"direct\",\"cid\":\"" + room + "\",\"msg\":\"" + text + "\",\"transient\":" + passing
                + ",\"i\":%d}";
    }

    @Test
    void a_transient_message_is_not_answered() throws Exception {
        try (var tom = new JsonSocket(server.webSocketUrl())) {
            tom.open("Tom");
            tom.tell(message(room(tom), "typing", true));
        }
    }

    @Test
    void a_message_that_is_one_too_many_is_not_answered() throws Exception {
        try (var tom = new JsonSocket(server.webSocketUrl())) {
            tom.open("Tom");
            String room = room(tom);
            for (String text : new String[] {"one", "two"})
                assertThat(tom.ask(message(room, text, false)).path("uid").asText())
                        .isNotEmpty();
            tom.tell(message(room, "too fast", false));
        }
    }
}
