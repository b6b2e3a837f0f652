package io.parley.core.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.core.command.AppId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Permits to upload the bytes of one file, signed by this server and good for a while. Thread-safe.
final class UploadTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "parley upload token 1";

    private final SecretKeySpec key;
    private final Clock clock;

    /// @param secret of the server
    UploadTokens(byte[] secret, Clock clock) {
        this.key = new SecretKeySpec(mac(new SecretKeySpec(secret, ALGORITHM), PURPOSE), ALGORITHM);
        this.clock = clock;
    }

    /// What a token permits.
    record Permit(AppId app, String file, Instant until) {}

    String issue(AppId app, String file, Duration life) {
        String permit = app + " " + file + " " + clock.instant().plus(life).toEpochMilli();
        return encoded(permit.getBytes(UTF_8)) + "." + encoded(mac(key, permit));
    }

    /// The permit, or a refusal when somebody else made or changed the token. It may be over.
    Permit open(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) throw refused();
        try {
            String permit = new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), UTF_8);
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, mac(key, permit))) throw refused();
            String[] parts = permit.split(" ", -1);
            return new Permit(new AppId(parts[0]), parts[1], Instant.ofEpochMilli(Long.parseLong(parts[2])));
        } catch (IllegalArgumentException malformed) {
            throw refused();
        }
    }

    /// The permit, or a refusal, also when it is over.
    Permit openValid(String token) {
        Permit permit = open(token);
        if (clock.instant().isAfter(permit.until())) throw refused();
        return permit;
    }

    private static Refusal refused() {
        return Refusal.of(ErrorCode.FORBIDDEN, "The upload token is wrong or too old.");
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
