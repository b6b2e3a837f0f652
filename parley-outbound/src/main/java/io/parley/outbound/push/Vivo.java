package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// vivo's push, one notification for one device. Thread-safe.
/// Written after PUSH-UPS-API (dev.vivo.com.cn/documentCenter/doc/362): authentication, "single push". Its return codes
/// were compared with programs of others alone; 10302 also answers an app without approval that notifies a device
/// other than its test devices.
final class Vivo implements Chunks.Sender {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final int TOKEN_NOT_TAKEN = 10000;
    private static final Set<Integer> INVALID_REGISTRATION = Set.of(10302, 10303);
    private static final Set<Integer> NOT_PERMITTED = Set.of(10094, 10201, 10202, 10203, 10205, 10250);
    private static final Set<Integer> BUSY = Set.of(10040, 10254, 20000);

    /// Of a device that is only asleep, or no test device: it may come back.
    private static final Set<Integer> STILL_THERE = Set.of(3, 4);

    private final Http http;
    private final Credentials credentials;
    private final URI base;
    private final String appId;
    private final String key;
    private final String secret;
    private final AccessToken access;

    private Vivo(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        base = credentials.address("endpoint", "https://api-push.vivo.com.cn");
        appId = credentials.text("appId");
        key = credentials.text("appKey");
        secret = credentials.text("appSecret");
        access = new AccessToken(this::issue, http.clock());
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1, 8, new Vivo(credentials, http));
    }

    private AccessToken.Issued issue() throws CallFailedException, DeniedException {
        long now = http.clock().instant().toEpochMilli();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("appId", appId)
                .put("appKey", key)
                .put("timestamp", now)
                .put("sign", Http.hash("MD5", appId + key + now + secret));
        JsonNode answer =
                Http.answer(http.json(URI.create(base + "/message/auth"), Map.of(), body, credentials.timeout()));
        int code = answer.path("result").asInt(-1);
        if (BUSY.contains(code)) throw new CallFailedException("token: code " + code);
        String token = answer.path("authToken").asText("");
        if (code != 0 || token.isEmpty()) throw new DeniedException("does not take the credentials: code " + code);
        return new AccessToken.Issued(token, TOKEN_LIFE);
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        Shown shown = Shown.of(notification, credentials);
        if (shown.silent()) return List.of(new PushResult.Rejected("the vendor has no silent notifications"));
        JsonNode body = body(notification, shown, targets.getFirst());
        PushResult result = access.use(token -> {
            JsonNode answer = Http.answer(http.json(
                    URI.create(base + "/message/send"), Map.of("authToken", token), body, credentials.timeout()));
            return answer.path("result").asInt(-1) == TOKEN_NOT_TAKEN ? Optional.empty() : Optional.of(result(answer));
        });
        return List.of(result);
    }

    private JsonNode body(Notification notification, Shown shown, Target target) {
        String request = notification.id() + target.device();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("appId", appId)
                .put("regId", target.token())
                .put("notifyType", 4)
                .put("title", shown.title(20))
                .put("content", shown.text(50))
                .put("timeToLive", Math.max(900, http.secondsLeft(notification.expiresAt(), LONGEST)))
                .put("skipType", 1)
                .put(
                        "requestId",
                        UUID.nameUUIDFromBytes(request.getBytes(StandardCharsets.UTF_8))
                                .toString());
        // Messages of a chat, which count against no marketing quota.
        body.put("classification", 1);
        credentials.find("category").ifPresent(category -> body.put("category", category));
        body.putObject("clientCustomMap").put("content", shown.json());
        return body;
    }

    private static PushResult result(JsonNode answer) throws DeniedException {
        int code = answer.path("result").asInt(-1);
        if (code == 0) return new PushResult.Accepted();
        if (INVALID_REGISTRATION.contains(code)
                && !STILL_THERE.contains(
                        answer.path("invalidUser").path("status").asInt(0)))
            return new PushResult.InvalidToken("code " + code);
        if (NOT_PERMITTED.contains(code)) throw new DeniedException("does not take the credentials: code " + code);
        return BUSY.contains(code) ? new PushResult.Later("code " + code) : new PushResult.Rejected("code " + code);
    }
}
