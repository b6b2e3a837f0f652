package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Where messages were sent from is for the application to know. Source: rest 6.2; semantics 10.3, 10.5.
class SenderAddressTest {
    private static final String CONVERSATIONS = "/1.2/rtm/conversations/";

    private static ParleyServer.Setup settings() {
        return ParleyServer.with().set("connections.noticeDelay", "0ms");
    }

    /// Of all messages, the newest first; nothing stands as `null`.
    private static List<String> addresses(JsonNode items) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode item : items) addresses.add(item.get("from-ip").asText());
        return addresses;
    }

    @Test
    void history_for_the_application_tells_where_clients_sent_from_and_nothing_of_its_own_messages() throws Exception {
        try (var server = settings().start();
                var tom = Device.loginThrough(server, "203.0.113.9", "Tom")) {
            Operator operator = new Operator(server);
            String chat = tom.startWith("Jerry");
            tom.send(chat, "from here");
            operator.done("POST", CONVERSATIONS + chat + "/messages", "{'from_client':'Tom','message':'x'}");

            assertThat(addresses(operator.done("GET", CONVERSATIONS + chat + "/messages", "")))
                    .as("nobody said that a proxy is to be believed")
                    .containsExactly("null", "127.0.0.1");
            assertThat(addresses(operator.done("GET", "/1.2/rtm/messages", ""))).containsExactly("null", "127.0.0.1");
        }
    }

    @Test
    void a_trusted_proxy_tells_where_clients_are_and_hooks_are_told_the_same() throws Exception {
        try (var engine = TestEngine.start();
                var server = settings()
                        .set("trustProxy", "true")
                        .set("outbound.allowPrivate", "true")
                        .set("appDefaults.hooks.key", "theHookKey")
                        .set(
                                "appDefaults.hooks.engineUrl",
                                engine.define("_messageReceived", "{}")
                                        .define("_clientOnline", "{}")
                                        .url())
                        .start();
                var tom = Device.loginThrough(server, "10.0.0.1, 203.0.113.9", "Tom");
                var liar = Device.loginThrough(server, "<script>", "Liar")) {
            Operator operator = new Operator(server);
            String chat = tom.startWith("Liar");
            tom.send(chat, "from far");
            assertThat(engine.next("_messageReceived").body().path("sourceIP").asText())
                    .isEqualTo("203.0.113.9");
            liar.send(chat, "from nowhere");
            assertThat(engine.next("_messageReceived").body().path("sourceIP").asText())
                    .isEqualTo("127.0.0.1");

            assertThat(List.of(
                            engine.next("_clientOnline").body().path("sourceIP").asText(),
                            engine.next("_clientOnline").body().path("sourceIP").asText()))
                    .containsExactlyInAnyOrder("203.0.113.9", "127.0.0.1");
            assertThat(addresses(operator.done("GET", CONVERSATIONS + chat + "/messages", "")))
                    .containsExactly("127.0.0.1", "203.0.113.9");
        }
    }

    @Test
    void messages_to_a_service_have_an_address_too() throws Exception {
        try (var server = settings().start();
                var tom = Device.login(server, "Tom")) {
            Operator operator = new Operator(server);
            String service = operator.service("desk");
            tom.send(service, "help");

            assertThat(addresses(operator.done(
                            "GET", "/1.2/rtm/service-conversations/" + service + "/subscribers/Tom/messages", "")))
                    .containsExactly("127.0.0.1");
        }
    }

    @Test
    void who_reads_history_with_a_signature_is_not_told_where_others_are() throws Exception {
        try (var server = settings()
                        .set("appDefaults.rest.historySignature", "true")
                        .start();
                var tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            tom.send(chat, "hello");
            String now = String.valueOf(System.currentTimeMillis());
            String signed = "nonce=abc&signature_ts=" + now + "&signature="
                    + sign(TestApp.ID + ":Jerry:" + chat + ":abc:" + now);
            Operator jerry = new Operator(server, TestApp.KEY);

            assertThat(addresses(jerry.done("GET", CONVERSATIONS + chat + "/messages?client_id=Jerry&" + signed, "")))
                    .containsExactly("null");
            assertThat(addresses(jerry.done(
                            "GET", "/1.1/rtm/messages/history?convid=" + chat + "&peerid=Jerry&" + signed, "")))
                    .containsExactly("null");
        }
    }

    private static String sign(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TestApp.MASTER_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void no_address_is_kept_where_the_owner_wants_none() throws Exception {
        try (var server = settings()
                        .set("appDefaults.retention.senderAddresses", "false")
                        .start();
                var tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            tom.send(chat, "hello");

            assertThat(addresses(new Operator(server).done("GET", CONVERSATIONS + chat + "/messages", "")))
                    .containsExactly("null");
        }
    }
}
