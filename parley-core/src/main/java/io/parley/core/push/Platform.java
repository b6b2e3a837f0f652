package io.parley.core.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who brings a notification to a device. Source: semantics 13.3, 13.5.
public enum Platform {
    IOS("ios", "deviceToken"),
    FCM("fcm", "registrationId"),
    HUAWEI("hms", "registrationId"),
    XIAOMI("mi", "registrationId"),
    OPPO("oppo", "registrationId"),
    VIVO("vivo", "registrationId"),
    MEIZU("mz", "registrationId"),
    HONOR("honor", "registrationId"),
    /// Android without a vendor's channel.
    ANDROID("android", "installationId"),
    /// Whatever else has an installation.
    OTHER("other", "installationId");

    private static final String WITHOUT_VENDOR = "lc";

    private final String key;
    private final String tokenColumn;

    Platform(String key, String tokenColumn) {
        this.key = key;
        this.tokenColumn = tokenColumn;
    }

    /// Name of the platform's own object in push data, and of the vendor in installations.
    public String key() {
        return key;
    }

    /// Whether only the webhook reaches such devices.
    public boolean isWithoutVendor() {
        return this == ANDROID || this == OTHER;
    }

    /// All names of platform objects in push data.
    static List<String> keys() {
        return Arrays.stream(values()).map(Platform::key).toList();
    }

    public static Optional<Platform> of(String key) {
        return Arrays.stream(values())
                .filter(platform -> platform.key.equalsIgnoreCase(key))
                .findFirst();
    }

    /// The platform of a device, from the columns of its installation.
    static Platform ofInstallation(ObjectNode installation) {
        switch (installation.path("deviceType").asText("").toLowerCase(Locale.ROOT)) {
            case "ios" -> {
                return IOS;
            }
            case "android" -> {
                String vendor = installation.path("vendor").asText("").strip();
                if (vendor.isEmpty() || vendor.equalsIgnoreCase(WITHOUT_VENDOR)) return ANDROID;
                return of(vendor).filter(platform -> platform != IOS).orElse(ANDROID);
            }
            default -> {
                return OTHER;
            }
        }
    }

    /// What the provider knows the device by; empty when it cannot be reached.
    String token(ObjectNode installation) {
        String token = installation.path(tokenColumn).asText("");
        return token.isEmpty() && isWithoutVendor()
                ? installation.path("deviceToken").asText("")
                : token;
    }
}
