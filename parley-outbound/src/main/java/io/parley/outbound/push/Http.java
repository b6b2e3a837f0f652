package io.parley.outbound.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.outbound.CallFailedException;
import io.parley.outbound.HttpCaller;
import io.parley.outbound.HttpCaller.Call;
import io.parley.outbound.HttpCaller.Response;
import io.parley.outbound.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/// Calls of vendors, and what their APIs have in common. Thread-safe; blocks.
record Http(HttpCaller caller, InstantSource clock) {
    Response json(URI url, Map<String, String> headers, JsonNode body, Duration timeout) throws CallFailedException {
        return call(url, headers, "application/json; charset=utf-8", Json.bytes(body), timeout);
    }

    Response form(URI url, Map<String, String> headers, Map<String, String> fields, Duration timeout)
            throws CallFailedException {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return call(
                url,
                headers,
                "application/x-www-form-urlencoded; charset=utf-8",
                body.getBytes(StandardCharsets.UTF_8),
                timeout);
    }

    private Response call(URI url, Map<String, String> headers, String type, byte[] body, Duration timeout)
            throws CallFailedException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", type);
        return caller.call(Call.post(url, all, body, timeout));
    }

    /// The answer's JSON when the vendor has understood the call. Fails for now on 429 and 5xx, and for good when the
    /// credentials are not taken.
    static JsonNode answer(Response response) throws CallFailedException, DeniedException {
        if (isBusy(response.status()))
            throw new CallFailedException("status " + response.status(), response.retryAfter());
        if (response.status() == 401 || response.status() == 403)
            throw new DeniedException("does not take the credentials: status " + response.status());
        return Json.parse(response.body());
    }

    /// A token by OAuth's grant of client credentials. Source: RFC 6749 section 4.4.
    AccessToken.Issued clientCredentials(URI url, String client, String secret, Duration timeout)
            throws CallFailedException, DeniedException {
        return issued(form(
                url,
                Map.of(),
                Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret),
                timeout));
    }

    /// The token in an OAuth answer.
    static AccessToken.Issued issued(Response response) throws CallFailedException, DeniedException {
        if (isBusy(response.status()))
            throw new CallFailedException("token: status " + response.status(), response.retryAfter());
        return AccessToken.Issued.ofOAuth(Json.parse(response.body()));
    }

    static boolean isBusy(int status) {
        return status == 429 || status >= 500;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /// Seconds until a notification is worthless, within what a vendor allows.
    long secondsLeft(java.time.Instant expiresAt, Duration most) {
        return Math.clamp(Duration.between(clock.instant(), expiresAt).toSeconds(), 60, most.toSeconds());
    }
}
