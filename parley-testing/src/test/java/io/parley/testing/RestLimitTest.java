package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Limits and switches of the REST API that are off unless an app's owner turns them on. Source: rest 18, 22.
class RestLimitTest {
    @Test
    void sends_beyond_the_limit_are_told_when_to_come_back_and_groups_are_counted_apart() throws Exception {
        try (var server = ParleyServer.with()
                .set("appDefaults.rest.messagesPerMinute", "2")
                .set("appDefaults.rest.broadcastsPerDay", "1")
                .start()) {
            Operator operator = new Operator(server);
            String chat = operator.done("POST", "/1.2/rtm/conversations", "{'m':['Tom']}")
                    .path("objectId")
                    .asText();
            String service = operator.service("news");
            String send = "/1.2/rtm/conversations/" + chat + "/messages";
            String body = "{'from_client':'Tom','message':'x'}";
            Operator.Answer refused = operator.call("POST", send, body);
            // A minute may turn in between, but not twice.
            for (int i = 0; i < 4 && refused.status() == 200; i++) refused = operator.call("POST", send, body);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body().toString()).isEqualTo("{\"code\":429,\"error\":\"Too many requests.\"}");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);

            String broadcast = "{'from_client':'desk','conv_id':'" + service + "','message':'x'}";
            operator.done("POST", "/1.2/rtm/broadcasts", broadcast);
            Operator.Answer tomorrow = operator.call("POST", "/1.2/rtm/broadcasts", broadcast);
            assertThat(tomorrow.status()).isEqualTo(429);
            assertThat(tomorrow.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 86_400L);
            operator.done("POST", "/1.2/rtm/service-conversations/" + service + "/broadcasts", body);
        }
    }

    @Test
    void a_client_reads_history_with_a_signature_where_the_owner_allows_it() throws Exception {
        try (var server = ParleyServer.with()
                .set("appDefaults.rest.historySignature", "true")
                .set("appDefaults.rest.paddedConversationIds", "true")
                .start()) {
            Operator operator = new Operator(server);
            Operator client = new Operator(server, TestApp.KEY);
            String chat = operator.done("POST", "/1.2/rtm/conversations", "{'m':['Tom']}")
                    .path("objectId")
                    .asText();
            operator.done(
                    "POST", "/1.2/rtm/conversations/" + chat + "/messages", "{'from_client':'Tom','message':'x'}");
            String now = String.valueOf(System.currentTimeMillis());
            String signature = sign(TestApp.ID + ":Tom:" + chat + ":abc:" + now);
            String path = "/1.2/rtm/conversations/" + chat + "/messages?client_id=Tom&nonce=abc&signature_ts=" + now
                    + "&signature=";

            var items = client.done("GET", path + signature, "");
            assertThat(items).hasSize(1);
            assertThat(items.get(0).path("conv-id").asText()).isEqualTo(chat + "00000000");
            assertThat(items.get(0).path("to").asText()).isEqualTo(chat);
            Operator.Answer wrong =
                    client.call("GET", path + signature.replace('a', 'b').replace('0', '1'), "");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.body().path("code").asInt()).isEqualTo(4302);
            assertThat(client.call("GET", "/1.2/rtm/conversations/" + chat + "/messages?client_id=Tom", "")
                            .body()
                            .path("code")
                            .asInt())
                    .isEqualTo(4302);
            assertThat(client.done(
                            "GET",
                            "/1.1/rtm/messages/history?convid=" + chat + "&peerid=Tom&nonce=abc&signature_ts=" + now
                                    + "&signature=" + signature,
                            ""))
                    .hasSize(1);
            assertThat(client.call("GET", "/1.2/rtm/messages", "").status()).isEqualTo(403);
        }
    }

    private static String sign(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TestApp.MASTER_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
