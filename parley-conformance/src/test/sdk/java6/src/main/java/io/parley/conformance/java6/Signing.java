package io.parley.conformance.java6;

import cn.leancloud.core.AVOSCloud;
import cn.leancloud.im.Signature;
import cn.leancloud.im.SignatureFactory;
import com.alibaba.fastjson.JSONObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the application's own server does: allows an operation by signing it with the master key. */
final class Signing implements SignatureFactory {
    private static final long SEVEN_HOURS = 7 * 3600 * 1000;

    private final String key;
    private final List<?> wrong;
    private final List<?> expired;

    Signing(JSONObject wish) {
        key = wish.getString("key");
        wrong = wish.containsKey("wrong") ? wish.getJSONArray("wrong") : List.of();
        expired = wish.containsKey("expired") ? wish.getJSONArray("expired") : List.of();
    }

    /** Also asked when a conversation is created: then there are members. */
    @Override
    public Signature createSignature(String client, List<String> members) {
        return members == null || members.isEmpty()
                ? sign("login", client + ":", "")
                : sign("conversation", client + ":" + sorted(members), "");
    }

    @Override
    public Signature createConversationSignature(
            String conversation, String client, List<String> members, String action) {
        return sign("conversation", client + ":" + conversation + ":" + sorted(members), ":" + action);
    }

    @Override
    public Signature createBlacklistSignature(String client, String conversation, List<String> members, String action) {
        return sign("blacklist", client + ":" + conversation + ":" + sorted(members), ":" + action);
    }

    private static String sorted(List<String> members) {
        var sorted = new ArrayList<>(members);
        Collections.sort(sorted);
        return String.join(":", sorted);
    }

    private Signature sign(String kind, String subject, String action) {
        var signature = new Signature();
        signature.setTimestamp(System.currentTimeMillis() - (expired.contains(kind) ? SEVEN_HOURS : 0));
        signature.setNonce(UUID.randomUUID().toString());
        var text = AVOSCloud.getApplicationId() + ":" + subject + ":" + signature.getTimestamp() + ":"
                + signature.getNonce() + action;
        signature.setSignature(hmac(wrong.contains(kind) ? key + "!" : key, text));
        return signature;
    }

    private static String hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            var hex = new StringBuilder();
            for (byte b : mac.doFinal(text.getBytes(StandardCharsets.UTF_8))) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
