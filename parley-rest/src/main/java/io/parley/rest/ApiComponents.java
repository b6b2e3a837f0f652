package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/// What many calls have in common: keys, types of parameters, and shapes of answers.
final class ApiComponents {
    private static final Map<String, ObjectNode> ANSWERS = answers();

    private ApiComponents() {}

    private static ObjectNode text() {
        return Json.object().put("type", "string");
    }

    private static ObjectNode integer() {
        return Json.object().put("type", "integer").put("format", "int64");
    }

    private static ObjectNode flag() {
        return Json.object().put("type", "boolean");
    }

    private static ObjectNode object() {
        return Json.object().put("type", "object");
    }

    private static ObjectNode list(ObjectNode items) {
        return Json.object().put("type", "array").set("items", items);
    }

    private static ObjectNode with(Object... namesAndSchemas) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        for (int i = 0; i < namesAndSchemas.length; i += 2)
            properties.set((String) namesAndSchemas[i], (ObjectNode) namesAndSchemas[i + 1]);
        return schema;
    }

    static ObjectNode type(String name) {
        return switch (name) {
            case "text" -> text();
            case "int" -> integer();
            case "bool" -> flag();
            case "ids" -> list(text());
            case "object" -> object();
            case "json" -> text().put("description", "JSON");
            case "message" -> text().put("description", "a text; an object is taken as its JSON");
            case "any" -> Json.object();
            default -> throw new IllegalStateException("there is no type " + name);
        };
    }

    private static Map<String, ObjectNode> answers() {
        Map<String, ObjectNode> answers = new TreeMap<>();
        ObjectNode sent = with("msg-id", text(), "timestamp", integer());
        answers.put("any", Json.object());
        answers.put("empty", object());
        answers.put("done", with("result", object()));
        answers.put("row", object());
        answers.put("created", with("objectId", text(), "createdAt", text()));
        answers.put("changed", with("objectId", text(), "updatedAt", text()));
        answers.put("rows", with("results", list(object()), "count", integer(), "cursor", text()));
        answers.put("names", with("result", list(text()), "results", list(text())));
        answers.put("clients", with("client_ids", list(text()), "next", text()));
        answers.put("conversations", with("conv_ids", list(text()), "next", text()));
        answers.put("count", with("count", integer(), "result", integer()));
        answers.put("sent", with("msg-id", text(), "timestamp", integer(), "result", sent));
        answers.put(
                "signature", with("signature", text(), "nonce", text(), "timestamp", integer(), "client_id", text()));
        answers.put("subscriptions", list(with("timestamp", integer(), "subscriber", text(), "conv_id", text())));
        answers.put("history", list(item()));
        answers.put("error", with("code", integer(), "error", text(), "detail", text()));
        return answers;
    }

    private static ObjectNode item() {
        return with(
                "timestamp",
                integer(),
                "conv-id",
                text(),
                "to",
                text(),
                "data",
                text(),
                "from",
                text(),
                "msg-id",
                text(),
                "is-conv",
                flag(),
                "is-room",
                flag(),
                "bin",
                flag(),
                "from-ip",
                text(),
                "ack-at",
                integer(),
                "patch-timestamp",
                integer(),
                "mention-all",
                flag(),
                "mention-client-ids",
                list(text()),
                "valid-till",
                integer());
    }

    static ObjectNode json() {
        ObjectNode components = Json.object();
        ObjectNode schemas = components.putObject("schemas");
        ANSWERS.forEach(schemas::set);
        ObjectNode keys = components.putObject("securitySchemes");
        key(keys, "appId", "X-LC-Id", "id of the app");
        key(keys, "appKey", "X-LC-Key", "key of the app");
        key(keys, "masterKey", "X-LC-Key", "master key of the app, followed by \",master\"");
        key(
                keys,
                "sign",
                "X-LC-Sign",
                "hexadecimal MD5 of timestamp and key, a comma, the timestamp in milliseconds; "
                        + "for the master key followed by \",master\". Takes the place of X-LC-Key");
        key(keys, "session", "X-LC-IM-Session-Token", "token of a session of the chat");
        key(keys, "user", "X-LC-Session", "token of a user");
        return components;
    }

    private static void key(ObjectNode keys, String name, String header, String description) {
        keys.putObject(name)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", header)
                .put("description", description);
    }

    static ArrayNode security(String access) {
        ArrayNode ways = Json.array();
        switch (access) {
            case "none" -> {}
            case "app" -> way(ways, "appKey");
            case "session" -> way(ways, "appKey", "session");
            case "user" -> way(ways, "appKey", "user");
            case "class" -> {
                way(ways, "masterKey");
                way(ways, "appKey");
            }
            case "master" -> way(ways, "masterKey");
            default -> throw new IllegalStateException("nobody is called " + access);
        }
        return ways;
    }

    private static void way(ArrayNode ways, String... keys) {
        ObjectNode way = ways.addObject();
        way.putArray("appId");
        for (String key : keys) way.putArray(key);
    }

    static ObjectNode responses(String answer) {
        if (!ANSWERS.containsKey(answer)) throw new IllegalStateException("there is no answer " + answer);
        ObjectNode responses = Json.object();
        response(responses, answer.equals("created") ? "201" : "200", "done", answer);
        response(responses, "default", "refused", "error");
        return responses;
    }

    private static void response(ObjectNode responses, String status, String description, String schema) {
        ObjectNode response = responses.putObject(status).put("description", description);
        response.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    /// A body that is taken as it comes.
    static ObjectNode streamed() {
        ObjectNode body = Json.object();
        ObjectNode content = body.putObject("content");
        content.putObject("text/plain").set("schema", text());
        content.putObject("text/event-stream").set("schema", text());
        return body;
    }
}
