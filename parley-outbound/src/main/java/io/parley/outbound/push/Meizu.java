package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Meizu's Flyme push, notifications by push id. Thread-safe.
/// Written after github.com/MEIZUPUSH/PushAPI: signature, "pushByPushId". Its return codes were compared with programs
/// of others alone: 1001 failure, 1003 busy, 1006 signature, 110000 and 110001 app and key, 110009 app shut out.
final class Meizu implements Chunks.Sender {
    private static final Duration LONGEST = Duration.ofHours(72);
    private static final int DONE = 200;
    private static final Set<Integer> NOT_PERMITTED = Set.of(1006, 110000, 110001, 110009);
    private static final Set<Integer> BUSY = Set.of(1001, 1003, 110010);

    /// Codes under which an answer names push ids: unknown, malformed, and no longer subscribed.
    private static final List<String> INVALID = List.of("110002", "110003");

    private final Http http;
    private final Credentials credentials;
    private final URI url;
    private final String appId;
    private final String secret;

    private Meizu(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        appId = credentials.text("appId");
        secret = credentials.text("appSecret");
        url = URI.create(credentials.address("endpoint", "https://server-api-push.meizu.com")
                + "/garcia/api/server/push/varnished/pushByPushId");
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1000, 1, new Meizu(credentials, http));
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        Shown shown = Shown.of(notification, credentials);
        if (shown.silent())
            return Chunks.all(targets, new PushResult.Rejected("the vendor has no silent notifications"));
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("appId", appId);
        fields.put("pushIds", targets.stream().map(Target::token).collect(Collectors.joining(",")));
        fields.put("messageJson", message(notification, shown).toString());
        fields.put("sign", sign(fields));
        JsonNode answer = Http.answer(http.form(url, Map.of(), fields, credentials.timeout()));
        int code = answer.path("code").asInt(-1);
        if (NOT_PERMITTED.contains(code)) throw new DeniedException("does not take the credentials: code " + code);
        if (code != DONE)
            return Chunks.all(
                    targets,
                    BUSY.contains(code)
                            ? new PushResult.Later("code " + code)
                            : new PushResult.Rejected("code " + code));
        return results(answer.path("value"), targets);
    }

    private JsonNode message(Notification notification, Shown shown) {
        long hours = Math.max(1, http.secondsLeft(notification.expiresAt(), LONGEST) / 3600);
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.putObject("noticeBarInfo").put("title", shown.title(32)).put("content", shown.text(100));
        message.putObject("clickTypeInfo")
                .put("clickType", 0)
                .putObject("parameters")
                .put("content", shown.json());
        message.putObject("pushTimeInfo").put("offLine", 1).put("validTime", hours);
        return message;
    }

    /// Over all fields by name, without separators.
    private String sign(TreeMap<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append(name).append('=').append(value));
        return Http.hash("MD5", text + secret);
    }

    /// Whoever is not named has it. Named under another code: not this time.
    private static List<PushResult> results(JsonNode value, List<Target> targets) {
        Map<String, String> named = new HashMap<>();
        value.properties().forEach(entry -> {
            for (JsonNode id : entry.getValue()) named.put(id.asText(), entry.getKey());
        });
        return targets.stream()
                .<PushResult>map(target -> {
                    String code = named.getOrDefault(target.token(), "");
                    if (code.isEmpty()) return new PushResult.Accepted();
                    return INVALID.contains(code)
                            ? new PushResult.InvalidToken("code " + code)
                            : new PushResult.Rejected("code " + code);
                })
                .toList();
    }
}
