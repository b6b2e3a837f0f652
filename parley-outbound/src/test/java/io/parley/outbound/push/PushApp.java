package io.parley.outbound.push;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.PushSettings;
import io.parley.core.command.AppId;
import io.parley.core.push.Notification;
import io.parley.core.push.Platform;
import io.parley.core.push.PushContent;
import io.parley.core.push.Target;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// An app with one provider set up, and what is sent to it.
final class PushApp {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PushApp() {}

    static App with(Platform platform, String... files) {
        List<String> none = List.of();
        List<String> some = List.of(files);
        var push = new PushSettings(
                "",
                PushSettings.DEFAULT.expiry(),
                false,
                platform == Platform.IOS ? some : none,
                platform == Platform.FCM ? some : none,
                platform == Platform.HUAWEI ? some : none,
                platform == Platform.XIAOMI ? some : none,
                platform == Platform.OPPO ? some : none,
                platform == Platform.VIVO ? some : none,
                platform == Platform.MEIZU ? some : none,
                platform == Platform.HONOR ? some : none,
                platform.isWithoutVendor() ? some : none);
        try {
            RecordComponent[] components = AppSettings.class.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++)
                values[i] = components[i].getType() == PushSettings.class
                        ? push
                        : components[i].getAccessor().invoke(AppSettings.DEFAULT);
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return new App(
                    new AppId("pushTest"),
                    "key",
                    "master",
                    AppSettings.class.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /// An hour of life.
    static Notification notification(Platform platform, String data) {
        PushContent content = PushContent.of(json(data)).orElseThrow();
        return new Notification(
                "push1",
                content.on(platform),
                content.development(),
                content.team(),
                content.topic(),
                NOW.plusSeconds(3600));
    }

    static Target target(String token) {
        return target(token, Target.DEFAULT_PROFILE);
    }

    static Target target(String token, String profile) {
        return new Target(
                "device-" + token,
                token,
                profile,
                Optional.of("com.example.app"),
                Optional.empty(),
                OptionalInt.empty());
    }
}
