package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.rest.ApiLine.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The description of all calls at `/openapi.json`, made from the table `api.txt`. Immutable.
public final class ApiDocument {
    private static final String TABLE = "api.txt";

    private final List<ApiLine> lines;

    private ApiDocument(List<ApiLine> lines) {
        this.lines = List.copyOf(lines);
    }

    public static ApiDocument read() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(TABLE)) {
            if (in == null) throw new IllegalStateException("the table of calls is missing in the program");
            String group = "";
            List<ApiLine> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("## ")) group = line.substring(3).strip();
                else if (!line.isBlank() && !line.startsWith("#")) lines.add(ApiLine.parse(group, line));
            }
            return new ApiDocument(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table of calls", e);
        }
    }

    /// Every call as its method and the pattern of its path.
    public List<String> calls() {
        return lines.stream().map(ApiLine::call).toList();
    }

    /// Calls that only the master key opens.
    public List<String> callsOfMaster() {
        return lines.stream()
                .filter(line -> line.access().equals("master"))
                .map(ApiLine::call)
                .toList();
    }

    /// @param version of the program
    public void mount(RestServer server, String version) {
        byte[] body = Json.bytes(json(version));
        server.get("/openapi.json", call -> new Answer(200, Answer.JSON, body, Map.of()));
    }

    private ObjectNode json(String version) {
        ObjectNode document = Json.object().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Parley")
                .put("version", version)
                .put(
                        "description",
                        "Every error is {\"code\": number, \"error\": text} with a status of 400 or above.");
        Map<String, ObjectNode> paths = new LinkedHashMap<>();
        for (ApiLine line : lines)
            paths.computeIfAbsent(line.openPath(), path -> Json.object())
                    .set(line.method().toLowerCase(java.util.Locale.ROOT), operation(line));
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        document.set("components", ApiComponents.json());
        return document;
    }

    private static ObjectNode operation(ApiLine line) {
        ObjectNode operation = Json.object().put("summary", line.summary());
        operation.putArray("tags").add(line.group());
        ArrayNode parameters = Json.array();
        for (String name : line.pathNames())
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .set("schema", Json.object().put("type", "string"));
        ObjectNode body = Json.object();
        ArrayNode required = Json.array();
        for (Parameter parameter : line.parameters()) {
            if (line.isInBody(parameter)) {
                body.set(parameter.name(), ApiComponents.type(parameter.type()));
                if (parameter.required()) required.add(parameter.name());
            } else {
                parameters
                        .addObject()
                        .put("name", parameter.name())
                        .put("in", "query")
                        .put("required", parameter.required())
                        .set("schema", ApiComponents.type(parameter.type()));
            }
        }
        if (!parameters.isEmpty()) operation.set("parameters", parameters);
        if (line.streams()) operation.set("requestBody", ApiComponents.streamed());
        else if (!body.isEmpty()) operation.set("requestBody", requestBody(body, required));
        operation.set("security", ApiComponents.security(line.access()));
        operation.set("responses", ApiComponents.responses(line.answer()));
        return operation;
    }

    private static ObjectNode requestBody(ObjectNode properties, ArrayNode required) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.set("properties", properties);
        if (!required.isEmpty()) schema.set("required", required);
        ObjectNode body = Json.object();
        body.putObject("content").putObject("application/json").set("schema", schema);
        return body;
    }
}
