package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.PushContent;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Push data in Apple's form. Source: semantics 13.3; developer.apple.com, "Generating a remote notification".
final class ApnsPayload {
    /// Keys that belong into `aps`.
    private static final List<String> APS = List.of(
            PushContent.ALERT,
            PushContent.BADGE,
            "sound",
            "category",
            "thread-id",
            "content-available",
            "mutable-content",
            "url-args",
            "target-content-id");

    /// Keys that are headers, and those of other platforms.
    private static final Set<String> LEFT_OUT = Set.of(
            "title",
            "aps",
            "collapse-id",
            "apns-priority",
            "apns-push-type",
            "silent",
            "action",
            "_notificationChannel");

    private ApnsPayload() {}

    /// @param badge of the device, in the place of what the content says
    static String of(ObjectNode content, OptionalInt badge) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        ObjectNode aps = content.path("aps") instanceof ObjectNode given
                ? given.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        payload.set("aps", aps);
        for (String key : APS) if (content.has(key) && !aps.has(key)) aps.set(key, content.get(key));
        addTitle(aps, content.path("title"));
        if (badge.isPresent()) aps.put(PushContent.BADGE, badge.getAsInt());
        else if (!aps.path(PushContent.BADGE).isIntegralNumber()) aps.remove(PushContent.BADGE);
        content.properties().forEach(entry -> {
            if (!APS.contains(entry.getKey()) && !LEFT_OUT.contains(entry.getKey()))
                payload.set(entry.getKey(), entry.getValue());
        });
        return payload.toString();
    }

    private static void addTitle(ObjectNode aps, JsonNode title) {
        if (title.asText("").isEmpty()) return;
        JsonNode alert = aps.path(PushContent.ALERT);
        if (alert instanceof ObjectNode object) {
            if (!object.has("title"))
                aps.set(PushContent.ALERT, object.deepCopy().set("title", title));
            return;
        }
        ObjectNode both = JsonNodeFactory.instance.objectNode().put("title", title.asText());
        if (!alert.asText("").isEmpty()) both.put("body", alert.asText());
        aps.set(PushContent.ALERT, both);
    }
}
