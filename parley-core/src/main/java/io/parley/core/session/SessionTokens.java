package io.parley.core.session;

import io.parley.core.app.App;
import io.parley.core.command.Capabilities;
import io.parley.core.command.ClientId;
import io.parley.core.command.Device;
import io.parley.core.signature.Revocations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Session tokens (`st`): signed statements that need no storage, so that a login writes nothing. A token also
/// carries what
/// some SDKs do not repeat on a reconnect: tag, device, capabilities. Thread-safe. Source: protocol 4.2.1, semantics
/// 2.3.
public final class SessionTokens {
    private static final int VERSION = 2;
    private static final int SIGNATURE_BYTES = 16;

    private final SecretKeySpec key;
    private final Clock clock;
    private final Revocations revocations;

    public SessionTokens(byte[] secret, Clock clock, Revocations revocations) {
        this.revocations = revocations;
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    /// What a valid token says.
    public record Grant(ClientId client, Optional<String> tag, Device device, Capabilities capabilities) {}

    public String issue(App app, Grant grant) {
        var bytes = new ByteArrayOutputStream(96);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            long now = clock.millis();
            out.writeLong(now);
            out.writeLong(now + app.settings().sessionTokenTtl().toMillis());
            out.writeUTF(app.id().value());
            out.writeUTF(grant.client().value());
            out.writeUTF(grant.tag().orElse(""));
            out.writeUTF(grant.device().deviceToken());
            out.writeUTF(grant.device().deviceId());
            out.writeLong(grant.capabilities().bits());
            out.write(sign(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /// Empty when the token is malformed, not ours, of another app, revoked, or expired.
    public Optional<Grant> verify(App app, String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length <= SIGNATURE_BYTES) return Optional.empty();
            byte[] payload = Arrays.copyOf(bytes, bytes.length - SIGNATURE_BYTES);
            byte[] signature = Arrays.copyOfRange(bytes, payload.length, bytes.length);
            if (!MessageDigest.isEqual(signature, sign(payload))) return Optional.empty();
            return read(app, payload);
        } catch (IllegalArgumentException | IOException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Grant> read(App app, byte[] payload) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(payload));
        if (in.readByte() != VERSION) return Optional.empty();
        long issuedAt = in.readLong();
        if (in.readLong() <= clock.millis()) return Optional.empty();
        if (!in.readUTF().equals(app.id().value())) return Optional.empty();
        var client = new ClientId(in.readUTF());
        if (issuedAt <= revocations.upTo(app.id(), client)) return Optional.empty();
        String tag = in.readUTF();
        return Optional.of(new Grant(
                client,
                tag.isEmpty() ? Optional.empty() : Optional.of(tag),
                new Device(in.readUTF(), in.readUTF()),
                new Capabilities(in.readLong())));
    }

    private byte[] sign(byte[] payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
