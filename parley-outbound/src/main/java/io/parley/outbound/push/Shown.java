package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushContent;
import java.util.Optional;

/// A notification as Android vendors want it taken apart. Source: semantics 13.3.
///
/// @param silent handed to the app instead of being shown
/// @param channel of Android 8 and later
/// @param json all of it, for the app's code
record Shown(String title, String text, boolean silent, Optional<String> channel, String json) {
    static Shown of(Notification notification, Credentials credentials) {
        ObjectNode content = notification.content();
        JsonNode alert = content.path(PushContent.ALERT);
        String text = alert.isObject() ? alert.path("body").asText("") : alert.asText("");
        String title = content.path("title").asText("");
        if (title.isEmpty() && alert.isObject()) title = alert.path("title").asText("");
        return new Shown(
                title.isEmpty() ? credentials.title() : title,
                text,
                content.path("silent").asBoolean(false),
                Optional.of(content.path("_notificationChannel").asText("")).filter(channel -> !channel.isEmpty()),
                content.toString());
    }

    String title(int limit) {
        return cut(title, limit);
    }

    String text(int limit) {
        return cut(text, limit);
    }

    /// At most so many characters, never half of one.
    static String cut(String text, int limit) {
        if (text.codePointCount(0, text.length()) <= limit) return text;
        return text.substring(0, text.offsetByCodePoints(0, limit - 1)) + "…";
    }
}
