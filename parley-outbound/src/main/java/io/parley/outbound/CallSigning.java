package io.parley.outbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How the application's code knows that it is us who calls. Thread-safe. Source: semantics 10.1.
public final class CallSigning {
    public static final String SIGNATURE = "X-Parley-Signature";

    private final Clock clock;

    CallSigning(Clock clock) {
        this.clock = clock;
    }

    /// What hook code of LeanEngine compares, and a signature over time and body that cannot be used for another call.
    Map<String, String> headers(App app, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-LC-Id", app.id().value());
        headers.put("X-LC-Key", app.key());
        headers.put("X-LC-Prod", "1");
        String key = app.settings().hooks().key();
        if (!key.isEmpty()) headers.put("X-LC-Hook-Key", key);
        headers.put(SIGNATURE, signature(key.isEmpty() ? app.masterKey() : key, body, clock.millis()));
        return headers;
    }

    /// `t=TIME,v1=MAC`: the hexadecimal HMAC-SHA256 of TIME (milliseconds since the epoch), a dot, and the body.
    public static String signature(String key, byte[] body, long now) {
        Mac mac = mac("HmacSHA256", key);
        mac.update((now + ".").getBytes(StandardCharsets.US_ASCII));
        return "t=" + now + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    /// What engine libraries of 2015 to 2018 check.
    void signBody(App app, String function, ObjectNode body) {
        long now = clock.millis();
        byte[] mac = mac("HmacSHA1", app.masterKey()).doFinal((function + ":" + now).getBytes(StandardCharsets.UTF_8));
        body.put("__sign", now + "," + HexFormat.of().formatHex(mac));
    }

    private static Mac mac(String algorithm, String key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
