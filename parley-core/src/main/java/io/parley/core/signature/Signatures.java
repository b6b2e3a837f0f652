package io.parley.core.signature;

import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private final Revocations revocations;
    private final UsedSignatures used;

    public Signatures(Clock clock, Revocations revocations, UsedSignatures used) {
        this.clock = clock;
        this.revocations = revocations;
        this.used = used;
    }

    public void checkLogin(App app, ClientId client, Optional<Signature> given) {
        Signature signature = given.orElseThrow(
                () -> Refusal.of(ErrorCode.SIGNATURE_FAILED, "this app requires a login signature; none was given"));
        checkAge(app, client, signature, ErrorCode.SIGNATURE_FAILED);
        String text = app.id() + ":" + client + "::" + signature.timestamp() + ":" + signature.nonce();
        if (!matches(app, text, signature))
            throw Refusal.of(ErrorCode.SIGNATURE_FAILED, "the login signature does not match client \"%s\"", client);
        useUp(app, signature, ErrorCode.SIGNATURE_FAILED);
    }

    /// @param members as sent, before the creator is added: signers may or may not have added it. Source: protocol 7
    ///
    /// @param room a chat room may also be signed without members: it has none
    public void checkCreation(
            App app, ClientId caller, List<ClientId> members, boolean room, Optional<Signature> given) {
        check(app, caller, "", room ? List.of() : members, "", true, ErrorCode.CONVERSATION_SIGNATURE_FAILED, given);
    }

    public void checkInvite(
            App app, ClientId caller, ConversationId conversation, List<ClientId> members, Optional<Signature> given) {
        check(
                app,
                caller,
                ":" + conversation,
                members,
                ":invite",
                false,
                ErrorCode.CONVERSATION_SIGNATURE_FAILED,
                given);
    }

    public void checkKick(
            App app, ClientId caller, ConversationId conversation, List<ClientId> members, Optional<Signature> given) {
        check(app, caller, ":" + conversation, members, ":kick", false, ErrorCode.CONVERSATION_SIGNATURE_FAILED, given);
    }

    public void checkBlacklist(
            App app,
            ClientId caller,
            ConversationId conversation,
            List<ClientId> targets,
            boolean blocked,
            Optional<Signature> given) {
        String action = blocked ? ":conversation-block-clients" : ":conversation-unblock-clients";
        check(app, caller, ":" + conversation, targets, action, false, ErrorCode.BLACKLIST_SIGNATURE_FAILED, given);
    }

    /// A client reads a conversation's history over REST. Source: semantics 11.1, whose demo has the last two parts in
    /// the other order.
    public void checkHistory(App app, ClientId client, String conversation, Optional<Signature> given) {
        ErrorCode failed = ErrorCode.CONVERSATION_SIGNATURE_FAILED;
        Signature signature = given.orElseThrow(
                () -> Refusal.of(failed, "reading history without the master key needs a signature; none was given"));
        checkAge(app, client, signature, failed);
        String head = app.id() + ":" + client + ":" + conversation + ":";
        if (!matches(app, head + signature.nonce() + ":" + signature.timestamp(), signature)
                && !matches(app, head + signature.timestamp() + ":" + signature.nonce(), signature))
            throw Refusal.of(failed, "the signature does not match client \"%s\" and \"%s\"", client, conversation);
        useUp(app, signature, failed);
    }

    /// What lets a client log in, made by the server itself: for users whose session token proves who they are.
    public Signature forLogin(App app, ClientId client, String nonce) {
        String timestamp = String.valueOf(clock.millis());
        return new Signature(sign(app, app.id() + ":" + client + "::" + timestamp + ":" + nonce), timestamp, nonce);
    }

    private void check(
            App app,
            ClientId caller,
            String conversation,
            List<ClientId> members,
            String action,
            boolean creation,
            ErrorCode failed,
            Optional<Signature> given) {
        Signature signature =
                given.orElseThrow(() -> Refusal.of(failed, "this app requires a signature here; none was given"));
        checkAge(app, caller, signature, failed);
        for (Set<ClientId> signed : variants(members, caller, creation)) {
            String text = app.id() + ":" + caller + conversation + ":" + joined(signed) + ":" + signature.timestamp()
                    + ":" + signature.nonce() + action;
            if (matches(app, text, signature)) {
                useUp(app, signature, failed);
                return;
            }
        }
        throw Refusal.of(failed, "the signature does not match client \"%s\" and members %s", caller, members);
    }

    /// The member lists a signer may have signed: as sent, with the caller, without it.
    private static List<Set<ClientId>> variants(List<ClientId> members, ClientId caller, boolean creation) {
        Set<ClientId> sent = new TreeSet<>(members);
        Set<ClientId> with = new TreeSet<>(sent);
        with.add(caller);
        Set<ClientId> without = new TreeSet<>(sent);
        without.remove(caller);
        // Only a creation may be signed for nobody: elsewhere that would be a signature for anybody.
        return without.isEmpty() && !creation ? List.of(sent, with) : List.of(sent, with, without);
    }

    private static String joined(Set<ClientId> members) {
        return members.stream().map(ClientId::value).collect(Collectors.joining(":"));
    }

    /// Called when the signature is right: whoever guesses can use up nothing.
    private void useUp(App app, Signature signature, ErrorCode failed) {
        if (!app.settings().signatures().singleUse()) return;
        Instant until = Instant.ofEpochMilli(signedAt(signature, failed)).plus(VALID_FOR);
        if (!used.use(app.id(), signature.signature().toLowerCase(Locale.ROOT), until))
            throw Refusal.of(
                    failed,
                    "the signature with the nonce \"%s\" was used before; this app takes each only once",
                    signature.nonce());
    }

    private void checkAge(App app, ClientId client, Signature signature, ErrorCode failed) {
        long signedAt = signedAt(signature, failed);
        long age = clock.millis() - signedAt;
        if (age > VALID_FOR.toMillis() || age < -CLOCK_SKEW.toMillis())
            throw Refusal.of(
                    failed,
                    "the signature's time %s is more than 6 hours past or 10 minutes ahead of the server's",
                    signature.timestamp());
        if (signedAt <= revocations.upTo(app.id(), client))
            throw Refusal.of(failed, "\"%s\" was forced off after this signature was made", client);
    }

    /// Milliseconds since the epoch.
    private static long signedAt(Signature signature, ErrorCode failed) {
        try {
            long timestamp = Long.parseLong(signature.timestamp());
            return timestamp < MILLISECONDS_FROM ? timestamp * 1000 : timestamp;
        } catch (NumberFormatException e) {
            throw Refusal.of(
                    failed,
                    "a signature's timestamp is a decimal number of milliseconds; got \"%s\"",
                    signature.timestamp());
        }
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
