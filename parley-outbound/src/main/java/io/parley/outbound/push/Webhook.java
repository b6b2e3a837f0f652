package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.Platform;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import io.parley.outbound.CallSigning;
import io.parley.outbound.HttpCaller;
import io.parley.outbound.HttpCaller.Call;
import io.parley.outbound.HttpCaller.Response;
import io.parley.outbound.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// A server of the operator's own, which gets notifications for all devices that no other provider takes: the way to
/// vendors that are not built in. Signed like hooks. Thread-safe.
final class Webhook {
    private final Http http;
    private final Credentials credentials;
    private final URI url;
    private final String secret;

    private Webhook(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        url = URI.create(credentials.text("url"));
        secret = credentials.text("secret");
    }

    /// @param platform of the devices
    static Provider of(Credentials credentials, Http http, Platform platform) throws DeniedException {
        var webhook = new Webhook(credentials, http);
        return new Chunks(100, 1, (notification, targets) -> webhook.send(platform, notification, targets));
    }

    private List<PushResult> send(Platform platform, Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        byte[] body = Json.bytes(body(platform, notification, targets));
        String signature =
                CallSigning.signature(secret, body, http.clock().instant().toEpochMilli());
        HttpCaller.Response response = http.caller()
                .call(Call.post(
                        url,
                        Map.of("Content-Type", "application/json", CallSigning.SIGNATURE, signature),
                        body,
                        credentials.timeout()));
        if (Http.isBusy(response.status()))
            throw new CallFailedException("status " + response.status(), response.retryAfter());
        if (response.status() == 401 || response.status() == 403)
            throw new DeniedException("does not take our signature: status " + response.status());
        if (response.status() / 100 != 2)
            return Chunks.all(targets, new PushResult.Rejected("status " + response.status()));
        return results(response, targets);
    }

    private static JsonNode body(Platform platform, Notification notification, List<Target> targets) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("id", notification.id())
                .put("platform", platform.key())
                .put("expiresAt", notification.expiresAt().toEpochMilli())
                .put("development", notification.development());
        body.set("data", notification.content());
        ArrayNode devices = body.putArray("devices");
        for (Target target : targets) {
            ObjectNode device = devices.addObject()
                    .put("objectId", target.device())
                    .put("token", target.token())
                    .put("profile", target.profile());
            target.badge().ifPresent(badge -> device.put("badge", badge));
        }
        return body;
    }

    /// An empty answer takes them all; otherwise `{"invalid": [objectId, …], "later": [objectId, …]}` excepts some.
    private static List<PushResult> results(Response response, List<Target> targets) throws CallFailedException {
        JsonNode answer =
                response.body().length == 0 ? JsonNodeFactory.instance.objectNode() : Json.parse(response.body());
        return targets.stream()
                .<PushResult>map(target -> {
                    if (names(answer.path("invalid"), target)) return new PushResult.InvalidToken("invalid");
                    return names(answer.path("later"), target)
                            ? new PushResult.Later("later")
                            : new PushResult.Accepted();
                })
                .toList();
    }

    private static boolean names(JsonNode devices, Target target) {
        for (JsonNode device : devices) if (device.asText().equals(target.device())) return true;
        return false;
    }
}
