package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import io.parley.outbound.HttpCaller.Response;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Honor Push, `sendMessage`. Thread-safe.
/// Source: developer.honor.com, Push, "sending downlink messages"; the article my.oschina.net/u/5873522/blog/10140231
/// of Honor's developer relations.
final class Honor implements Chunks.Sender {
    private static final Duration LONGEST = Duration.ofDays(15);
    private static final Set<String> DONE = Set.of("200", "80000000");
    private static final String SOME_TOKENS_INVALID = "80100000";
    private static final String ALL_TOKENS_INVALID = "80300007";
    private static final Set<String> TOKEN_NOT_TAKEN = Set.of("80200001", "80200003");
    private static final Set<String> NOT_PERMITTED = Set.of("80300002");
    private static final String BUSY = "81000001";

    private final Http http;
    private final Credentials credentials;
    private final URI url;
    private final URI tokenUrl;
    private final String clientId;
    private final String secret;
    private final AccessToken access;

    private Honor(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        clientId = credentials.text("clientId");
        secret = credentials.text("clientSecret");
        url = URI.create(credentials.address("endpoint", "https://push-api.cloud.honor.com") + "/api/v1/"
                + Http.encode(credentials.text("appId")) + "/sendMessage");
        tokenUrl = credentials.address(
                "tokenEndpoint", "https://iam.developer.honor.com/auth/realms/developer/protocol/openid-connect/token");
        access = new AccessToken(this::issue, http.clock());
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1000, 1, new Honor(credentials, http));
    }

    private AccessToken.Issued issue() throws CallFailedException, DeniedException {
        return http.clientCredentials(tokenUrl, clientId, secret, credentials.timeout());
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        JsonNode body = body(notification, targets);
        return access.use(token -> {
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "Bearer " + token,
                    "timestamp",
                    Long.toString(http.clock().instant().toEpochMilli()));
            Response response = http.json(url, headers, body, credentials.timeout());
            if (response.status() == 401) return Optional.empty();
            JsonNode answer = Http.answer(response);
            if (TOKEN_NOT_TAKEN.contains(answer.path("code").asText())) return Optional.empty();
            return Optional.of(results(answer, targets));
        });
    }

    private JsonNode body(Notification notification, List<Target> targets) {
        Shown shown = Shown.of(notification, credentials);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode android =
                body.putObject("android").put("ttl", http.secondsLeft(notification.expiresAt(), LONGEST) + "s");
        if (shown.silent()) body.put("data", shown.json());
        else
            android.putObject("notification")
                    .put("title", shown.title())
                    .put("body", shown.text())
                    .put("importance", "NORMAL")
                    .putObject("clickAction")
                    .put("type", 1)
                    .put("intent", Huawei.intent(shown, credentials));
        ArrayNode tokens = body.putArray("token");
        for (Target target : targets) tokens.add(target.token());
        return body;
    }

    private static List<PushResult> results(JsonNode answer, List<Target> targets) throws DeniedException {
        String code = answer.path("code").asText();
        if (NOT_PERMITTED.contains(code)) throw new DeniedException("does not permit it: code " + code);
        if (DONE.contains(code) || code.equals(SOME_TOKENS_INVALID)) {
            Set<String> invalid = new HashSet<>();
            for (String list : List.of("failTokens", "expireTokens"))
                for (JsonNode token : answer.path("data").path(list)) invalid.add(token.asText());
            return targets.stream()
                    .<PushResult>map(target -> invalid.contains(target.token())
                            ? new PushResult.InvalidToken("code " + code)
                            : new PushResult.Accepted())
                    .toList();
        }
        if (code.equals(ALL_TOKENS_INVALID)) return Chunks.all(targets, new PushResult.InvalidToken("code " + code));
        if (code.equals(BUSY)) return Chunks.all(targets, new PushResult.Later("code " + code));
        return Chunks.all(targets, new PushResult.Rejected("code " + code));
    }
}
