package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import io.parley.outbound.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// OPPO PUSH, one notification for one device. Thread-safe.
/// Written after OPPO PUSH's server API (open.oppomobile.com): authentication, "unicast", body of notifications. Its
/// return codes were compared with programs of others alone: 13 too many calls, 14 to 17 key and signature, 26 address.
final class Oppo implements Chunks.Sender {
    private static final Duration LONGEST = Duration.ofDays(10);
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final int TOKEN_NOT_TAKEN = 11;
    private static final int INVALID_REGISTRATION = 10000;
    private static final Set<Integer> NOT_PERMITTED = Set.of(14, 15, 16, 17, 26, 27, 28, 30);
    private static final Set<Integer> BUSY = Set.of(-1, -2, 13);

    private final Http http;
    private final Credentials credentials;
    private final URI base;
    private final String key;
    private final String secret;
    private final AccessToken access;

    private Oppo(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        base = credentials.address("endpoint", "https://api.push.oppomobile.com");
        key = credentials.text("appKey");
        secret = credentials.text("masterSecret");
        access = new AccessToken(this::issue, http.clock());
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1, 8, new Oppo(credentials, http));
    }

    private AccessToken.Issued issue() throws CallFailedException, DeniedException {
        String now = Long.toString(http.clock().instant().toEpochMilli());
        JsonNode answer = Http.answer(http.form(
                URI.create(base + "/server/v1/auth"),
                Map.of(),
                Map.of("app_key", key, "timestamp", now, "sign", Http.hash("SHA-256", key + now + secret)),
                credentials.timeout()));
        int code = answer.path("code").asInt(-1);
        if (BUSY.contains(code)) throw new CallFailedException("token: code " + code);
        String token = answer.path("data").path("auth_token").asText("");
        if (code != 0 || token.isEmpty()) throw new DeniedException("does not take the credentials: code " + code);
        return new AccessToken.Issued(token, TOKEN_LIFE);
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        Shown shown = Shown.of(notification, credentials);
        if (shown.silent()) return List.of(new PushResult.Rejected("the vendor has no silent notifications"));
        Target target = targets.getFirst();
        String message = new String(Json.bytes(message(notification, shown, target)), StandardCharsets.UTF_8);
        PushResult result = access.use(token -> {
            JsonNode answer = Http.answer(http.form(
                    URI.create(base + "/server/v1/message/notification/unicast"),
                    Map.of("auth_token", token),
                    Map.of("message", message),
                    credentials.timeout()));
            int code = answer.path("code").asInt(-1);
            return code == TOKEN_NOT_TAKEN ? Optional.empty() : Optional.of(result(code));
        });
        return List.of(result);
    }

    private JsonNode message(Notification notification, Shown shown, Target target) {
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("target_type", 2).put("target_value", target.token());
        ObjectNode bar = message.putObject("notification")
                .put("app_message_id", notification.id())
                .put("style", 1)
                .put("title", shown.title(50))
                .put("content", shown.text(200))
                .put("click_action_type", 0)
                .put("off_line", true)
                .put("off_line_ttl", http.secondsLeft(notification.expiresAt(), LONGEST));
        shown.channel().ifPresent(channel -> bar.put("channel_id", channel));
        bar.put(
                "action_parameters",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("content", shown.json())
                        .toString());
        return message;
    }

    private static PushResult result(int code) throws DeniedException {
        if (code == 0) return new PushResult.Accepted();
        if (code == INVALID_REGISTRATION) return new PushResult.InvalidToken("code " + code);
        if (NOT_PERMITTED.contains(code)) throw new DeniedException("does not take the credentials: code " + code);
        return BUSY.contains(code) ? new PushResult.Later("code " + code) : new PushResult.Rejected("code " + code);
    }
}
