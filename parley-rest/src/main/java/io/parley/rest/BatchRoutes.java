package io.parley.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.query.Pointers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Several calls in one, done one after the other. Source: rest 5.2.
public final class BatchRoutes {
    private static final int MAX_REQUESTS = 1000;
    private static final Pattern CLASS = Pattern.compile("/classes/(\\w+)");

    private final RestServer server;

    public BatchRoutes(RestServer server) {
        this.server = server;
    }

    public void mount() {
        server.post("/1.1/batch", this::batch);
        server.post("/1.1/batch/save", this::save);
    }

    /// Each answer stands by itself.
    private Answer batch(Call call) {
        ArrayNode answers = Json.array();
        for (JsonNode request : requests(call)) {
            Answer answer = answer(call, request, body(request));
            answers.addObject().set(answer.status() < 400 ? "success" : "error", Json.parseObject(answer.body()));
        }
        return Answer.json(200, answers);
    }

    /// What belongs to one object is told together under its id, or under the name that the SDK gave it until it
    /// has one. Rows that are made for the first time are put into those that point to them. The first failure
    /// ends it.
    private Answer save(Call call) {
        ObjectNode saved = Json.object();
        Map<String, ObjectNode> made = new HashMap<>();
        for (JsonNode request : requests(call)) {
            ObjectNode body = body(request);
            for (JsonNode child : body.path("__children")) {
                ObjectNode pointer = made.get(child.path("cid").asText());
                if (pointer != null) body.set(child.path("key").asText(), pointer);
            }
            Answer answer = answer(call, request, body);
            if (answer.status() >= 400) return answer;
            ObjectNode result = Json.parseObject(answer.body());
            String id = result.path("objectId").asText();
            String name = body.path("__internalId").asText(id);
            if (saved.get(name) instanceof ObjectNode before) before.setAll(result);
            else saved.set(name, result);
            className(request.path("path").asText()).ifPresent(className -> made.put(name, Pointers.to(className, id)));
        }
        return Answer.ok(saved);
    }

    private static Optional<String> className(String path) {
        Matcher matcher = CLASS.matcher(path);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static ArrayNode requests(Call call) {
        call.caller();
        if (!(call.body().path("requests") instanceof ArrayNode requests))
            throw HttpRefusal.badRequest("a batch needs an array of requests");
        if (requests.size() > MAX_REQUESTS)
            throw HttpRefusal.badRequest("a batch has at most " + MAX_REQUESTS + " requests; got " + requests.size());
        return requests;
    }

    private static ObjectNode body(JsonNode request) {
        return request.path("body") instanceof ObjectNode body ? body : Json.object();
    }

    private Answer answer(Call call, JsonNode request, ObjectNode body) {
        String path = request.path("path").asText("");
        if (!path.startsWith("/1.") || path.startsWith("/1.1/batch"))
            return Answer.error(400, 1, "a request in a batch has a path such as /1.1/classes/Note; got " + path);
        ObjectNode parameters = request.path("params") instanceof ObjectNode object ? object : Json.object();
        String method = request.path("method").asText("").toUpperCase(Locale.ROOT);
        return server.inner(call, method, path, parameters, body);
    }
}
