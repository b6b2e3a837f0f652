package io.parley.client.internal;

import io.parley.client.AVIMException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** HTTP calls to the server, signed with the app's key. Thread-safe. Source: protocol 1.6. */
public final class HttpCalls {
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final HttpUrl server;
    private final String appId;
    private final String appKey;

    /** @param server such as https://chat.example.com */
    public HttpCalls(OkHttpClient http, String server, String appId, String appKey) {
        this.http = http;
        this.server = HttpUrl.get(server);
        this.appId = appId;
        this.appKey = appKey;
    }

    /** The JSON object that the server answers. */
    public CompletableFuture<Map<String, Object>> get(
            String path, Map<String, String> query, Map<String, String> headers) {
        HttpUrl.Builder url = url(path);
        query.forEach(url::addQueryParameter);
        return json(signed(url.build(), headers).get().build());
    }

    /** The JSON object that the server answers. */
    public CompletableFuture<Map<String, Object>> post(
            String path, Map<String, Object> body, Map<String, String> headers) {
        return json(signed(url(path).build(), headers)
                .post(RequestBody.create(Json.write(body), JSON))
                .build());
    }

    private HttpUrl.Builder url(String path) {
        HttpUrl.Builder url = server.newBuilder();
        for (String segment : path.substring(1).split("/")) url.addPathSegment(segment);
        return url;
    }

    private Request.Builder signed(HttpUrl url, Map<String, String> headers) {
        String now = Long.toString(System.currentTimeMillis());
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("X-LC-Id", appId)
                .header("X-LC-Sign", md5(now + appKey) + "," + now)
                .header("Accept", "application/json");
        headers.forEach(request::header);
        return request;
    }

    private CompletableFuture<Map<String, Object>> json(Request request) {
        return text(request).thenApply(body -> body.isEmpty() ? Map.of() : Json.object(body));
    }

    /** The text that is answered, whoever answers. Fails when the status is no success. */
    public CompletableFuture<String> text(Request request) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        http.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(new AVIMException(
                        AVIMException.CONNECTION_FAILED,
                        "cannot reach " + request.url().host() + ": " + e,
                        e));
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (ResponseBody body = response.body()) {
                    String text = body == null ? "" : body.string();
                    if (response.isSuccessful()) answer.complete(text);
                    else answer.completeExceptionally(refusal(response.code(), text));
                } catch (IOException e) {
                    onFailure(call, e);
                }
            }
        });
        return answer;
    }

    private static AVIMException refusal(int status, String text) {
        Map<String, Object> body = Json.isObject(text) ? Json.object(text) : Map.of();
        Object code = body.get("code");
        return new AVIMException(
                code instanceof Integer ? (Integer) code : AVIMException.HTTP_FAILED,
                "HTTP " + status + (body.get("error") == null ? "" : ": " + body.get("error")));
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (byte b : digest)
                hex.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has MD5", e);
        }
    }
}
