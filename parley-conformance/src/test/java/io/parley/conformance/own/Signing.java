package io.parley.conformance.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.client.Signature;
import io.parley.client.SignatureFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What the application's own server does: allows an operation by signing it with the master key.
final class Signing implements SignatureFactory {
    private static final long SEVEN_HOURS = 7L * 3600 * 1000;

    private final String appId;
    private final String key;
    private final List<String> wrong;
    private final List<String> expired;

    /// @param wish `key`; `wrong` and `expired` are lists of what to sign badly
    Signing(String appId, JsonNode wish) {
        this.appId = appId;
        this.key = wish.path("key").asText();
        this.wrong = texts(wish.path("wrong"));
        this.expired = texts(wish.path("expired"));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Override
    public Signature createSignature(String clientId, List<String> watchIds) {
        return sign("login", clientId + ":", "");
    }

    @Override
    public Signature createConversationSignature(
            @Nullable String conversationId, String clientId, List<String> targetIds, String action) {
        String members = String.join(":", targetIds);
        return conversationId == null
                ? sign("conversation", clientId + ":" + members, "")
                : sign("conversation", clientId + ":" + conversationId + ":" + members, ":" + action);
    }

    @Override
    public Signature createBlacklistSignature(
            String clientId, String conversationId, List<String> memberIds, String action) {
        return sign("blacklist", clientId + ":" + conversationId + ":" + String.join(":", memberIds), ":" + action);
    }

    private Signature sign(String kind, String subject, String action) {
        long timestamp = System.currentTimeMillis() - (expired.contains(kind) ? SEVEN_HOURS : 0);
        String nonce = UUID.randomUUID().toString();
        Signature signature = new Signature();
        signature.setTimestamp(timestamp);
        signature.setNonce(nonce);
        signature.setSignature(hmac(
                wrong.contains(kind) ? key + "!" : key,
                appId + ":" + subject + ":" + timestamp + ":" + nonce + action));
        return signature;
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
