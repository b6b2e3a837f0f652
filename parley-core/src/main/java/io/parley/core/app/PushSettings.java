package io.parley.core.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;

/// Which devices of an app can be notified, and of what. Source: semantics 13, rest 16.
///
/// Each provider is a list of files that hold its credentials, so that no secret is in the settings: `path`, or
/// `PROFILE=path` for the devices whose `deviceProfile` says so.
///
/// @param content what a notification says when neither hook nor sender say anything: a JSON object or a text, with
///     `${convId}`, `${timestamp}` and `${fromClientId}`; empty: nothing is sent then
/// @param expiry a notification that could not be delivered for so long is given up
/// @param clientsMayPush `/1.1/push` answers the app key, which everybody has who has the app
/// @param webhook for the devices that no other provider takes
public record PushSettings(
        String content,
        Duration expiry,
        boolean clientsMayPush,
        List<String> apns,
        List<String> fcm,
        List<String> huawei,
        List<String> xiaomi,
        List<String> oppo,
        List<String> vivo,
        List<String> meizu,
        List<String> honor,
        List<String> webhook) {
    private static final Duration LONGEST = Duration.ofDays(28);
    private static final ObjectMapper JSON = new ObjectMapper();

    public static final PushSettings DEFAULT = new PushSettings(
            "",
            Duration.ofDays(7),
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    public PushSettings {
        apns = List.copyOf(apns);
        fcm = List.copyOf(fcm);
        huawei = List.copyOf(huawei);
        xiaomi = List.copyOf(xiaomi);
        oppo = List.copyOf(oppo);
        vivo = List.copyOf(vivo);
        meizu = List.copyOf(meizu);
        honor = List.copyOf(honor);
        webhook = List.copyOf(webhook);
        if (!expiry.isPositive() || expiry.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("push.expiry is more than nothing and at most 28d; got " + expiry);
        checkContent(content);
    }

    private static void checkContent(String content) {
        if (!content.strip().startsWith("{")) return;
        try {
            JsonNode sample = JSON.readTree(content.replaceAll("\\$\\{[A-Za-z]+}", "0"));
            if (sample.isObject()) return;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("push.content is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("push.content is a JSON object or a text");
    }

    /// Whether any device of the app can be notified at all: the quick way out for apps without push.
    public boolean any() {
        return !(apns.isEmpty()
                && fcm.isEmpty()
                && huawei.isEmpty()
                && xiaomi.isEmpty()
                && oppo.isEmpty()
                && vivo.isEmpty()
                && meizu.isEmpty()
                && honor.isEmpty()
                && webhook.isEmpty());
    }
}
