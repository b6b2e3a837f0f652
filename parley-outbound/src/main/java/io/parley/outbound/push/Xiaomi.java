package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Xiaomi's MiPush, messages by registration id. Thread-safe.
/// Source: dev.mi.com/xiaomihyperos/documentation/detail?pId=1559 (addresses and parameters) and its table of errors.
final class Xiaomi implements Chunks.Sender {
    private static final Duration LONGEST = Duration.ofDays(14);
    private static final Set<Integer> NOT_PERMITTED = Set.of(10017, 21301, 21305, 22000, 22006, 22007, 22022);
    private static final Set<Integer> BUSY = Set.of(10001, 10002, 10009, 200001);
    private static final int NO_VALID_TARGET = 20301;

    private final Http http;
    private final Credentials credentials;
    private final URI url;
    private final String secret;

    private Xiaomi(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        secret = credentials.text("appSecret");
        url = URI.create(credentials.address("endpoint", "https://api.xmpush.xiaomi.com") + "/v3/message/regid");
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1000, 1, new Xiaomi(credentials, http));
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        JsonNode answer = Http.answer(http.form(
                url, Map.of("Authorization", "key=" + secret), fields(notification, targets), credentials.timeout()));
        int code = answer.path("code").asInt(-1);
        if (code == 0) {
            Set<String> bad = new HashSet<>(Arrays.asList(
                    answer.path("data").path("bad_regids").asText("").split(",")));
            return targets.stream()
                    .<PushResult>map(target -> bad.contains(target.token())
                            ? new PushResult.InvalidToken("bad_regids")
                            : new PushResult.Accepted())
                    .toList();
        }
        if (NOT_PERMITTED.contains(code)) throw new DeniedException("does not take the credentials: code " + code);
        // Of several nobody says which one it was, and it may be our mistake.
        if (code == NO_VALID_TARGET && targets.size() == 1) return List.of(new PushResult.InvalidToken("code " + code));
        return Chunks.all(
                targets,
                BUSY.contains(code) ? new PushResult.Later("code " + code) : new PushResult.Rejected("code " + code));
    }

    private Map<String, String> fields(Notification notification, List<Target> targets) throws DeniedException {
        Shown shown = Shown.of(notification, credentials);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("registration_id", targets.stream().map(Target::token).collect(Collectors.joining(",")));
        credentials.find("packageName").ifPresent(name -> fields.put("restricted_package_name", name));
        fields.put("payload", Http.encode(shown.json()).replace("+", "%20"));
        fields.put("pass_through", shown.silent() ? "1" : "0");
        fields.put("time_to_live", Long.toString(1000 * http.secondsLeft(notification.expiresAt(), LONGEST)));
        if (shown.silent()) return fields;
        fields.put("title", shown.title(50));
        fields.put("description", shown.text(128));
        fields.put("notify_type", "-1");
        // Notifications with the same number replace each other.
        fields.put("notify_id", Integer.toString(notification.id().hashCode() & Integer.MAX_VALUE));
        fields.put("extra.notify_effect", "1");
        shown.channel().ifPresent(channel -> fields.put("extra.channel_id", channel));
        return fields;
    }
}
