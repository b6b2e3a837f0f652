package io.parley.outbound.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.push.Notification;
import io.parley.core.push.PushResult;
import io.parley.core.push.Target;
import io.parley.outbound.CallFailedException;
import io.parley.outbound.HttpCaller.Response;
import io.parley.outbound.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Firebase Cloud Messaging, HTTP v1, with the file of a service account as Google gives it. Thread-safe.
/// Source: firebase.google.com/docs/reference/fcm/rest/v1/projects.messages, …/fcm/rest/v1/ErrorCode (UNREGISTERED with
/// 404, QUOTA_EXCEEDED with 429), firebase.google.com/docs/cloud-messaging/error-codes (tokens that are none),
/// developers.google.com/identity/protocols/oauth2/service-account.
final class Fcm implements Chunks.Sender {
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Duration LONGEST = Duration.ofDays(28);
    private static final Duration ASSERTION = Duration.ofMinutes(60);

    /// Keys that the vendor keeps for itself.
    private static final Set<String> RESERVED = Set.of("from", "message_type", "collapse_key");

    private final Http http;
    private final Credentials credentials;
    private final URI url;
    private final URI tokenUrl;
    private final String account;
    private final PrivateKey key;
    private final AccessToken access;

    private Fcm(Credentials credentials, Http http) throws DeniedException {
        this.http = http;
        this.credentials = credentials;
        url = URI.create(credentials.address("endpoint", "https://fcm.googleapis.com") + "/v1/projects/"
                + Http.encode(credentials.text("project_id")) + "/messages:send");
        tokenUrl = credentials.address("token_uri", "https://oauth2.googleapis.com/token");
        account = credentials.text("client_email");
        key = key(credentials.text("private_key"));
        access = new AccessToken(this::issue, http.clock());
    }

    static Provider of(Credentials credentials, Http http) throws DeniedException {
        return new Chunks(1, 16, new Fcm(credentials, http));
    }

    private static PrivateKey key(String pem) throws DeniedException {
        try {
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DeniedException("\"private_key\" is no PKCS#8 RSA key", e);
        }
    }

    private AccessToken.Issued issue() throws CallFailedException, DeniedException {
        return Http.issued(http.form(
                tokenUrl,
                Map.of(),
                Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion()),
                credentials.timeout()));
    }

    private String assertion() throws DeniedException {
        long now = http.clock().instant().getEpochSecond();
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("alg", "RS256").put("typ", "JWT");
        credentials.find("private_key_id").ifPresent(id -> header.put("kid", id));
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", account)
                .put("scope", SCOPE)
                .put("aud", tokenUrl.toString())
                .put("iat", now)
                .put("exp", now + ASSERTION.toSeconds());
        String signed = base64(Json.bytes(header)) + "." + base64(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new DeniedException("\"private_key\" cannot sign", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public List<PushResult> send(Notification notification, List<Target> targets)
            throws CallFailedException, DeniedException {
        JsonNode body = body(notification, targets.getFirst());
        PushResult result = access.use(token -> {
            Response response = http.json(url, Map.of("Authorization", "Bearer " + token), body, credentials.timeout());
            return response.status() == 401 ? Optional.empty() : Optional.of(result(response));
        });
        return List.of(result);
    }

    private JsonNode body(Notification notification, Target target) {
        Shown shown = Shown.of(notification, credentials);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode message = body.putObject("message").put("token", target.token());
        ObjectNode data = message.putObject("data");
        notification.content().properties().forEach(entry -> {
            String name = entry.getKey();
            if (RESERVED.contains(name) || name.startsWith("google.") || name.startsWith("gcm.")) return;
            JsonNode value = entry.getValue();
            data.put(name, value.isValueNode() ? value.asText() : value.toString());
        });
        ObjectNode android = message.putObject("android")
                .put("priority", "HIGH")
                .put("ttl", http.secondsLeft(notification.expiresAt(), LONGEST) + "s");
        if (shown.silent()) return body;
        message.putObject("notification").put("title", shown.title()).put("body", shown.text());
        shown.channel().ifPresent(channel -> android.putObject("notification").put("channel_id", channel));
        return body;
    }

    private static PushResult result(Response response) throws CallFailedException, DeniedException {
        if (response.status() == 200) return new PushResult.Accepted();
        if (Http.isBusy(response.status()))
            return new PushResult.Later("status " + response.status(), response.retryAfter());
        JsonNode error = error(response);
        String code = error.path("status").asText("status " + response.status());
        for (JsonNode detail : error.path("details")) {
            if (detail.path("errorCode").asText().equals("UNREGISTERED"))
                return new PushResult.InvalidToken("UNREGISTERED");
            if (detail.has("errorCode")) code = detail.path("errorCode").asText();
            for (JsonNode violation : detail.path("fieldViolations"))
                if (violation.path("field").asText().equals("message.token"))
                    return new PushResult.InvalidToken("INVALID_ARGUMENT: message.token");
        }
        if (code.equals("INVALID_ARGUMENT") && error.path("message").asText().contains("registration token"))
            return new PushResult.InvalidToken("INVALID_ARGUMENT: registration token");
        // A token of another project: rather our file is the wrong one than all devices are.
        if (response.status() == 403 && !code.equals("SENDER_ID_MISMATCH")) return new PushResult.Unauthorized(code);
        return new PushResult.Rejected(code);
    }

    private static JsonNode error(Response response) {
        try {
            return new ObjectMapper()
                    .readTree(new String(response.body(), StandardCharsets.UTF_8))
                    .path("error");
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode(); // the status must do
        }
    }
}
