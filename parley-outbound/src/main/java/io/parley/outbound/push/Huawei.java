package io.parley.outbound.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/// Huawei Push Kit of HMS Core, `messages:send` of version 1. Thread-safe.
/// Source: developer.huawei.com, Push Kit, "Sending downlink messages" and its table of result codes, of which Huawei's
/// article segmentfault.com/a/1190000042188975 explains 80200001 and 80300007; semantics 13.5 for the intent.
final class Huawei implements Chunks.Sender {
    private static final Duration LONGEST = Duration.ofDays(15);
    private static final String DONE = "80000000";
    private static final String SOME_TOKENS_INVALID = "80100000";
    private static final String ALL_TOKENS_INVALID = "80300007";
    private static final Set<String> TOKEN_NOT_TAKEN = Set.of("80200001", "80200003");
    private static final Set<String> NOT_PERMITTED = Set.of("80300002");
    private static final Set<String> BUSY = Set.of("81000001", "80300029", "82000001");

    private final Http http;
    private final Credentials credentials;
    private final URI url;
    private final URI tokenUrl;
    private final String appId;
    private final String secret;
    private final AccessToken access;

    private Huawei(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        appId = credentials.text("appId");
        secret = credentials.text("appSecret");
        url = URI.create(credentials.address("endpoint", "https://push-api.cloud.huawei.com") + "/v1/"
                + Http.encode(appId) + "/messages:send");
        tokenUrl = credentials.address("tokenEndpoint", "https://oauth-login.cloud.huawei.com/oauth2/v3/token");
        access = new AccessToken(this::issue, http.clock());
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1000, 1, new Huawei(credentials, http));
    }

    private AccessToken.Issued issue() throws CallFailedException, DeniedException {
        return http.clientCredentials(tokenUrl, appId, secret, credentials.timeout());
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        JsonNode body = body(notification, targets);
        return access.use(token -> {
            Response response = http.json(url, Map.of("Authorization", "Bearer " + token), body, credentials.timeout());
            if (response.status() == 401) return Optional.empty();
            JsonNode answer = Http.answer(response);
            if (TOKEN_NOT_TAKEN.contains(answer.path("code").asText())) return Optional.empty();
            return Optional.of(results(answer, targets));
        });
    }

    private JsonNode body(Notification notification, List<Target> targets) {
        Shown shown = Shown.of(notification, credentials);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("validate_only", false);
        ObjectNode message = body.putObject("message");
        ObjectNode android = message.putObject("android")
                .put("urgency", "HIGH")
                .put("ttl", http.secondsLeft(notification.expiresAt(), LONGEST) + "s");
        if (shown.silent()) message.put("data", shown.json());
        else {
            ObjectNode bar = android.putObject("notification")
                    .put("title", shown.title())
                    .put("body", shown.text());
            shown.channel().ifPresent(channel -> bar.put("channel_id", channel));
            credentials.find("category").ifPresent(category -> android.put("category", category));
            bar.putObject("click_action").put("type", 1).put("intent", intent(shown, credentials));
        }
        ArrayNode tokens = message.putArray("token");
        for (Target target : targets) tokens.add(target.token());
        return body;
    }

    /// What the Android SDK's activity for tapped notifications listens to.
    static String intent(Shown shown, Credentials credentials) {
        return "intent://" + credentials.find("intentHost").orElse("cn.leancloud.push")
                + "/notify_detail#Intent;scheme=lcpushscheme;S.content="
                + Http.encode(shown.json()).replace("+", "%20") + ";launchFlags=0x10000000;end";
    }

    private static List<PushResult> results(JsonNode answer, List<Target> targets) throws DeniedException {
        String code = answer.path("code").asText();
        if (NOT_PERMITTED.contains(code)) throw new DeniedException("does not permit it: code " + code);
        if (code.equals(SOME_TOKENS_INVALID)) {
            Set<String> invalid = illegalTokens(answer.path("msg"));
            return targets.stream()
                    .<PushResult>map(target -> invalid.contains(target.token())
                            ? new PushResult.InvalidToken("code " + code)
                            : new PushResult.Accepted())
                    .toList();
        }
        if (code.equals(DONE)) return Chunks.all(targets, new PushResult.Accepted());
        if (code.equals(ALL_TOKENS_INVALID)) return Chunks.all(targets, new PushResult.InvalidToken("code " + code));
        if (BUSY.contains(code)) return Chunks.all(targets, new PushResult.Later("code " + code));
        return Chunks.all(targets, new PushResult.Rejected("code " + code));
    }

    /// The text of the answer is JSON itself.
    private static Set<String> illegalTokens(JsonNode text) {
        Set<String> tokens = new HashSet<>();
        try {
            for (JsonNode token : new ObjectMapper().readTree(text.asText("{}")).path("illegal_tokens"))
                tokens.add(token.asText());
        } catch (JsonProcessingException e) {
            tokens.clear(); // nobody is named, so nobody is blamed
        }
        return tokens;
    }
}
