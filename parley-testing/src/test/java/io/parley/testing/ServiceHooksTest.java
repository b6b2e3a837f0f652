package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.testing.TestEngine.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The application's code and the word filter have their say in what is sent to clients of service conversations.
/// Source: semantics 10.2, 10.3, 12.
class ServiceHooksTest extends HookTest {
    private static final String BROADCASTS = "/1.2/rtm/broadcasts";

    private Operator operator;
    private String news = "";
    private String path = "";

    @BeforeEach
    void nobody_is_here_yet() {
        operator = new Operator(server);
    }

    private void withService(String... settings) throws Exception {
        var setup = settings();
        for (int i = 0; i < settings.length; i += 2) setup.set(settings[i], settings[i + 1]);
        server = setup.start();
        operator = new Operator(server);
        news = operator.service("news");
        path = "/1.2/rtm/service-conversations/" + news;
        for (String client : List.of("Tom", "Jerry"))
            operator.done("POST", path + "/subscribers", "{'client_id':'" + client + "'}");
    }

    private static String toSome(String text) {
        return "{'from_client':'desk','message':'" + text + "','to_clients':['Tom','Jerry']}";
    }

    private static String toSubscribers(String text) {
        return "{'from_client':'desk','message':'" + text + "'}";
    }

    private String toEverybody(String text) {
        return "{'from_client':'desk','message':'" + text + "','conv_id':'" + news + "'}";
    }

    private static void refused(Operator.Answer answer, int code) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asInt()).isEqualTo(code);
    }

    @Test
    void the_hook_is_asked_once_about_each_message_and_told_whom_it_is_for() throws Exception {
        engine.define("_messageReceived", "{}");
        withService();
        try (var tom = Device.login(server, "Tom")) {
            operator.done("POST", path + "/messages", toSome("some"));
            operator.done("POST", path + "/broadcasts", toSubscribers("subscribers"));
            operator.done("POST", BROADCASTS, toEverybody("everybody"));

            for (String text : List.of("some", "subscribers", "everybody")) {
                JsonNode asked = engine.next("_messageReceived").body();
                assertThat(asked.path("content").asText()).isEqualTo(text);
                assertThat(asked.path("fromPeer").asText()).isEqualTo("desk");
                assertThat(asked.path("convId").asText()).isEqualTo(news);
                assertThat(asked.path("system").booleanValue()).isTrue();
                assertThat(asked.path("transient").booleanValue()).isFalse();
                assertThat(asked.has("sourceIP")).isFalse();
                assertThat(asked.path("toPeers").toString())
                        .isEqualTo(text.equals("some") ? "[\"Jerry\",\"Tom\"]" : "");
                assertThat(tom.nextMessage()).isEqualTo(text);
            }
            assertThat(engine.calls("_messageReceived")).isEmpty();
        }
    }

    @Test
    void a_dropped_message_reaches_nobody_and_the_caller_reads_why() throws Exception {
        engine.define(
                "_messageReceived",
                call -> call.body().path("content").asText().equals("bad")
                        ? Answer.result("{'drop':true,'code':7,'detail':'not today'}")
                        : Answer.result("{}"));
        withService();
        try (var tom = Device.login(server, "Tom")) {
            for (var answer : List.of(
                    operator.call("POST", path + "/messages", toSome("bad")),
                    operator.call("POST", path + "/broadcasts", toSubscribers("bad")),
                    operator.call("POST", BROADCASTS, toEverybody("bad")))) {
                refused(answer, 4402);
                assertThat(answer.body().path("appCode").asInt()).isEqualTo(7);
                assertThat(answer.body().path("appMsg").asText()).isEqualTo("not today");
            }
            operator.done("POST", path + "/broadcasts", toSubscribers("good"));

            assertThat(tom.nextMessage()).isEqualTo("good");
            assertThat(tom.history(news)).hasSize(1);
        }
    }

    @Test
    void the_hook_replaces_what_is_said_and_leaves_out_who_shall_not_see_it() throws Exception {
        engine.define("_messageReceived", "{'content':'better','toPeers':['Jerry','Stranger']}");
        withService();
        try (var tom = Device.login(server, "Tom");
                var jerry = Device.login(server, "Jerry")) {
            operator.done("POST", path + "/messages", toSome("first"));
            operator.done("POST", path + "/broadcasts", toSubscribers("second"));

            assertThat(List.of(jerry.nextMessage(), jerry.nextMessage())).containsExactly("better", "better");
            assertThat(tom.nextMessage()).isEqualTo("better");
            assertThat(tom.history(news)).as("not what Jerry got alone").hasSize(1);
            assertThat(jerry.history(news)).hasSize(2);
        }
    }

    @Test
    void an_edit_is_asked_about_replaced_and_refused_and_a_recall_too() throws Exception {
        engine.define("_messageUpdate", call -> {
            String content = call.body().path("content").asText();
            boolean refuse = call.body().path("recall").booleanValue() || content.equals("bad");
            return Answer.result(refuse ? "{'drop':true,'code':5,'detail':'no'}" : "{'content':'best'}");
        });
        withService();
        try (var tom = Device.login(server, "Tom")) {
            JsonNode sent = operator.done("POST", path + "/messages", toSome("first"));
            assertThat(tom.nextMessage()).isEqualTo("first");
            String message = path + "/messages/" + sent.path("msg-id").asText();
            String to = "'from_client':'desk','timestamp':" + sent.path("timestamp") + ",'to_clients':['Tom']";

            var refused = operator.call("PUT", message, "{'message':'bad'," + to + "}");
            refused(refused, 4405);
            assertThat(refused.body().path("appCode").asInt()).isEqualTo(5);
            refused(operator.call("PUT", message + "/recall", "{" + to + "}"), 4405);
            operator.done("PUT", message, "{'message':'better'," + to + "}");

            JsonNode asked = engine.next("_messageUpdate").body();
            assertThat(asked.path("system").booleanValue()).isTrue();
            assertThat(asked.path("fromPeer").asText()).isEqualTo("desk");
            assertThat(asked.path("msgId")).isEqualTo(sent.path("msg-id"));
            assertThat(asked.path("toPeers").toString()).isEqualTo("[\"Tom\"]");
            assertThat(engine.next("_messageUpdate").body().path("recall").booleanValue())
                    .isTrue();
            assertThat(tom.next().getPatchMessage().getPatches(0).getData()).isEqualTo("best");
            assertThat(tom.history(news).getFirst().getData()).isEqualTo("best");
        }
    }

    @Test
    void the_application_is_told_afterwards_who_of_the_named_was_here() throws Exception {
        engine.define("_messageSent", "{}").define("_receiversOffline", "{}");
        withService();
        try (var tom = Device.login(server, "Tom")) {
            JsonNode sent = operator.done("POST", path + "/messages", toSome("some"));
            operator.done("POST", path + "/broadcasts", toSubscribers("subscribers"));
            JsonNode passed =
                    operator.done("POST", path + "/messages", toSome("passing").replace("}", ",'transient':true}"));

            JsonNode ofSome = engine.next("_messageSent").body();
            JsonNode ofSubscribers = engine.next("_messageSent").body();
            JsonNode ofPassing = engine.next("_messageSent").body();
            // What is stored takes one more turn through the outbox than what is passed on.
            for (JsonNode told : List.of(ofSome, ofSubscribers, ofPassing)) {
                assertThat(told.path("system").booleanValue()).isTrue();
                boolean named = !told.path("content").asText().equals("subscribers");
                assertThat(told.path("onlinePeers").toString()).isEqualTo(named ? "[\"Tom\"]" : "[]");
                assertThat(told.path("offlinePeers").toString()).isEqualTo(named ? "[\"Jerry\"]" : "[]");
            }
            assertThat(List.of(ofSome, ofSubscribers, ofPassing))
                    .extracting(told -> told.path("content").asText())
                    .containsExactlyInAnyOrder("some", "subscribers", "passing");
            assertThat(List.of(ofSome, ofSubscribers, ofPassing))
                    .extracting(told -> told.path("msgId"))
                    .contains(sent.path("msg-id"), passed.path("msg-id"));
            assertThat(engine.calls("_receiversOffline")).isEmpty();
            assertThat(tom.nextMessage()).isEqualTo("some");
        }
    }

    @Test
    void words_are_replaced_for_everybody_and_in_edits() throws Exception {
        withService();
        operator.done("PUT", "/x/words", "{'words':['bad']}");
        try (var tom = Device.login(server, "Tom")) {
            JsonNode sent = operator.done("POST", path + "/messages", toSome("bad some"));
            operator.done("POST", path + "/broadcasts", toSubscribers("bad subscribers"));
            operator.done("POST", BROADCASTS, toEverybody("bad everybody"));
            operator.done(
                    "PUT",
                    path + "/messages/" + sent.path("msg-id").asText(),
                    "{'message':'bad edit','from_client':'desk','timestamp':" + sent.path("timestamp")
                            + ",'to_clients':['Tom']}");

            for (String text : List.of("*** some", "*** subscribers", "*** everybody"))
                assertThat(tom.nextMessage()).isEqualTo(text);
            assertThat(tom.next().getPatchMessage().getPatches(0).getData()).isEqualTo("*** edit");
        }
    }

    @Test
    void a_word_can_refuse_the_message() throws Exception {
        withService("appDefaults.filter.action", "refuse");
        operator.done("PUT", "/x/words", "{'words':['bad']}");

        refused(operator.call("POST", path + "/messages", toSome("bad")), 4402);
        refused(operator.call("POST", path + "/broadcasts", toSubscribers("bad")), 4402);
        refused(operator.call("POST", BROADCASTS, toEverybody("bad")), 4402);
        operator.done("POST", path + "/messages", toSome("good"));
    }

    @Test
    void a_hook_that_hangs_holds_up_its_caller_alone() throws Exception {
        engine.define(
                "_messageReceived",
                call -> call.body().path("content").asText().equals("slow") ? engine.hang() : Answer.result("{}"));
        withService("appDefaults.hooks.timeouts", "_messageReceived=10s");
        try (var tom = Device.login(server, "Tom")) {
            Thread slow = Thread.startVirtualThread(() -> {
                try {
                    operator.call("POST", BROADCASTS, toEverybody("slow"));
                } catch (java.io.IOException | InterruptedException overWhenTheServerStops) {
                    Thread.currentThread().interrupt();
                }
            });
            engine.next("_messageReceived");

            operator.done("POST", BROADCASTS, toEverybody("quick"));

            assertThat(tom.nextMessage()).isEqualTo("quick");
            engine.close();
            slow.join();
        }
    }
}
