package io.parley.core.signature;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifies that the application's own server allowed an operation: hexadecimal HMAC-SHA1 with the master key over
/// the
/// parts joined by `:`. Thread-safe. Source: semantics 11.1, protocol 7.
public final class Signatures {
    static final Duration VALID_FOR = Duration.ofHours(6);
    static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    /// Smaller timestamps are seconds, larger ones milliseconds: signers of both habits exist.
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private final Clock clock;

    public Signatures(Clock clock) {
        this.clock = clock;
    }

    public void checkLogin(App app, ClientId client, Optional<Signature> given) {
        Signature signature = given.orElseThrow(
                () -> Refusal.of(ErrorCode.SIGNATURE_FAILED, "this app requires a login signature; none was given"));
        checkAge(signature);
        String text = app.id() + ":" + client + "::" + signature.timestamp() + ":" + signature.nonce();
        if (!matches(app, text, signature))
            throw Refusal.of(ErrorCode.SIGNATURE_FAILED, "the login signature does not match client \"%s\"", client);
    }

    private void checkAge(Signature signature) {
        long timestamp;
        try {
            timestamp = Long.parseLong(signature.timestamp());
        } catch (NumberFormatException e) {
            throw Refusal.of(
                    ErrorCode.SIGNATURE_FAILED,
                    "a signature's timestamp is a decimal number of milliseconds; got \"%s\"",
                    signature.timestamp());
        }
        long signedAt = timestamp < MILLISECONDS_FROM ? timestamp * 1000 : timestamp;
        long age = clock.millis() - signedAt;
        if (age > VALID_FOR.toMillis() || age < -CLOCK_SKEW.toMillis())
            throw Refusal.of(
                    ErrorCode.SIGNATURE_FAILED,
                    "the signature's time %s is more than 6 hours past or 10 minutes ahead of the server's",
                    signature.timestamp());
    }

    private static boolean matches(App app, String text, Signature signature) {
        // C# signers write upper-case hexadecimal digits.
        byte[] given = signature.signature().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, sign(app, text).getBytes(StandardCharsets.UTF_8));
    }

    /// Lower-case hexadecimal HMAC-SHA1 of the text with the app's master key.
    public static String sign(App app, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(app.masterKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", e);
        }
    }
}
