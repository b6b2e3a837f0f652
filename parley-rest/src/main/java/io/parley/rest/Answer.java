package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a route answers. The body belongs to the answer: nobody changes it.
///
/// @param headers besides those every answer gets (length, CORS)
/// @param stream makes the body while it is sent; then `body` is empty
@SuppressWarnings("ArrayRecordComponent")
public record Answer(
        int status, String contentType, byte[] body, Map<String, String> headers, Optional<Stream> stream) {
    static final String JSON = "application/json;charset=utf-8";

    /// A body too large to be held in memory.
    ///
    /// @param length in bytes
    public record Stream(long length, Writer writer) {}

    /// Writes a body, once. Blocks; closes nothing that it did not open.
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    public Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, Optional.empty());
    }

    public static Answer ok(JsonNode body) {
        return json(200, body);
    }

    public static Answer json(int status, JsonNode body) {
        return new Answer(status, JSON, Json.bytes(body), Map.of());
    }

    public static Answer text(int status, String contentType, String body) {
        return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Answer stream(int status, String contentType, Stream stream) {
        return new Answer(status, contentType, new byte[0], Map.of(), Optional.of(stream));
    }

    /// The one shape of every error, whoever made it: SDKs read `code` and `error`, and the oldest one throws on
    /// a body that is not JSON. Source: protocol 1.1, legacy-json 2.2.
    public static Answer error(int status, int code, String error) {
        return json(status, Json.object().put("code", code).put("error", error));
    }

    static Answer error(HttpRefusal refusal) {
        Answer answer = error(refusal.status(), refusal.code(), refusal.error());
        return refusal.retryAfter()
                .map(time -> answer.with("Retry-After", Long.toString(Math.max(1, time.toSeconds()))))
                .orElse(answer);
    }

    static Answer error(Refusal refusal) {
        return error(refusal.code().httpStatus(), refusal);
    }

    static Answer error(int status, Refusal refusal) {
        if (refusal.code().isOfStorage()) return error(status, refusal.code().number(), refusal.detail());
        ObjectNode body = Json.object()
                .put("code", refusal.code().number())
                .put("error", refusal.reason())
                .put("detail", refusal.detail());
        // What the application's hook said, for the application. Source: rest 22
        refusal.appCode().ifPresent(code -> body.put("appCode", code));
        refusal.appMessage().ifPresent(message -> body.put("appMsg", message));
        return json(status, body);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more, stream);
    }
}
